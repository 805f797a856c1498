/// Common given names and surnames, for people who do not exist.
///
/// Names that millions share, written down for this project and combined at random; the more
/// common ones stand first.
enum NameLists {
    static let girls = list(
        """
        María Guadalupe Ximena Valeria Camila Daniela Sofía Valentina Alondra Jimena Fernanda Renata
        Andrea Mariana Ana Natalia Isabella Leslie Gabriela Alejandra Paola Melanie Itzel Yaretzi
        Estrella Monserrat Diana Karla Brenda Marisol Esmeralda Citlali Abril Regina Lucía Paula
        Angélica Verónica Patricia Elizabeth Jazmín Perla Rosa Teresa Yesenia Maribel Araceli Rocío
        Leticia Elena Isabel Victoria Adriana Mónica Carolina Liliana Evelyn Ashley Emily Kimberly
        Nayeli Xóchitl Azucena Dulce Noemí Miriam Raquel Sara Ruth Esther Abigail Rebeca Berenice
        Lizbeth Yadira Graciela Beatriz Julia Eva Silvia Marina Celeste Aurora Luz Flor Consuelo
        Mercedes Josefina Magdalena Catalina Cecilia Juana Inés Norma Irma Olga Marta Nancy Karina
        """
    )

    static let boys = list(
        """
        José Juan Luis Carlos Jesús Ángel Diego Miguel Alejandro Santiago Mateo Sebastián Emiliano
        Leonardo Daniel David Eduardo Jorge Fernando Francisco Antonio Manuel Ricardo Roberto Javier
        Adrián Iván Óscar Rafael Sergio Andrés Gabriel Alan Brandon Kevin Jonathan Cristian Omar
        Martín Héctor Raúl Arturo Mario Pedro Pablo Víctor Hugo Samuel Isaac Abraham Elías Joel
        Ismael Rubén Armando Gerardo Alfredo Enrique Ernesto Guillermo Ignacio Ramón Salvador Tomás
        Ulises Uriel Emmanuel Maximiliano Nicolás Joaquín Rodrigo Saúl Noé Moisés Efraín Gilberto
        Agustín Alberto Alonso Axel Benjamín Bryan César Damián Esteban Fabián Felipe Gael Gonzalo
        Israel Julián Leonel Lorenzo Marco Mauricio Octavio Pascual Ramiro Simón Teodoro Vicente
        """
    )

    static let surnames =
        list(
            """
            Hernández García Martínez López González Rodríguez Pérez Sánchez Ramírez Cruz Flores Gómez
            Morales Vásquez Reyes Jiménez Torres Díaz Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo
            Moreno Romero Álvarez Méndez Chávez Rivera Juárez Ramos Domínguez Herrera Medina Castro
            Vargas Guzmán Velázquez Rojas Muñoz Contreras Salazar Luna Ortega Ríos Estrada Bautista
            Lara Guerrero Cortés Soto Alvarado Espinoza Lozano Santos Cervantes Rangel Delgado Vega
            Ávila Maldonado Campos Rosales Cárdenas Valdez Sandoval Carrillo Ibarra Ayala Navarro León
            Miranda Solís Fuentes Cabrera Trejo Nava Peña Robles Acosta Padilla Camacho Núñez Montes
            Molina Serrano Orozco Silva Pacheco Valencia Zúñiga Suárez Trujillo Villegas Ochoa Bravo
            Escobar Cisneros Palacios Meza Arellano Corona Mejía Salinas Franco Rosas Galván Treviño
            Garza Cantú Villarreal Elizondo Benavides Longoria Cavazos Barrera Tamez Leal Zamora Tapia
            Barajas Magaña Equihua Huerta Zepeda Arriaga Gallegos Becerra Covarrubias Zaragoza Andrade
            Quiroz Bernal Murillo Macías Esquivel Rosario Nieto Toledo Cuevas Lucero Sosa Guerra Macedo
            Calderón Figueroa Tovar Rubio Saldaña Quintero Enríquez Olivares Bustos Marín Arroyo Vela
            Santiago Antonio Matías Pascual Feliciano Simón Nicolás Ventura Chilel Ixtlahuaca Tecuapa
            Montaño Villa Carranza Hinojosa Alcalá Beltrán Cordero Duarte Félix Gálvez Híjar Izquierdo
            """
        ) + ["de la Cruz", "de León", "de la Torre", "del Río", "de los Santos", "San Juan"]

    private static func list(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }
}
