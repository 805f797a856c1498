/// Short forms that families and schools use for each other, Spanish and English.
enum Nicknames {
    /// Numbers of the groups a name stands in, counted from one; the rest are zero.
    typealias Forms = SIMD16<UInt16>

    /// The names that a folded name is a form of; zero where there are none.
    static func forms(_ letters: [UInt8], _ range: Range<Int>) -> Forms {
        guard (2...longest).contains(range.count) else { return .zero }
        return groups[String(decoding: letters[range], as: UTF8.self)] ?? .zero
    }

    /// Whether two names are commonly used for one name.
    static func share(_ left: Forms, _ right: Forms) -> Bool {
        guard left[0] != 0, right[0] != 0 else { return false }
        // Most names are a form of one or two, and the numbers stand without gaps from the first.
        var place = 0
        while place < Forms.scalarCount, left[place] != 0 {
            if any(right .== left[place]) { return true }
            place += 1
        }
        return false
    }

    /// The sounds of the names that a name is a form of, of those that are common among students.
    ///
    /// A row is looked for under each: the English list has sixteen names for a Chris.
    static func sounds(of forms: Forms) -> [UInt32] {
        var sounds: [UInt32] = []
        for place in 0..<Forms.scalarCount where forms[place] > UInt16(all.count - lines.count) {
            sounds += soundsOfLine[Int(forms[place]) - 1]
        }
        return sounds
    }

    private static let soundsOfLine: [[UInt32]] = all.map { line in
        var scratch: [UInt8] = []
        return line.split(separator: " ").map { name in
            let letters = Array(name.utf8)
            return NameSounds.number(letters, 0..<letters.count, scratch: &scratch)
        }
    }

    private static let longest = 14

    // Ours come last: of a name in more groups than are kept the first ones are forgotten.
    private static let all = english.split(separator: ";").map(words) + lines.map(words)

    private static func words(_ line: some StringProtocol) -> String {
        line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    // Each line: one name and what its bearers are also called. Written down for this project.
    private static let lines = [
        "jose pepe joe joey chepe josecito pepito", "francisco pancho paco frank francis kiko",
        "jesus chuy chucho chuyito jesse jessie", "guadalupe lupe lupita pita",
        "maria mari mary maricela marie", "juan juanito john johnny juancho",
        "antonio tono tony anthony", "manuel manny manolo", "ignacio nacho iggy",
        "eduardo lalo eddie edward", "enrique kike quique henry", "roberto beto bob robert bobby",
        "alberto beto albert al", "gilberto beto gil gilbert", "humberto beto",
        "luis lucho louis louie lou luisito", "carlos charlie carlitos charles",
        "miguel mike michael migue", "jorge george coque", "rafael rafa rafi ralph",
        "fernando nando fer ferny", "alejandro alex alejo jandro alexander", "alejandra ale alex",
        "alexander alex xander", "ricardo richard rick ricky", "daniel dani danny dan",
        "david dave davy", "pedro peter perico", "pablo paul", "andres andy andrew",
        "santiago santi chago james", "diego james", "hector tito ector", "sebastian seba sebas",
        "gabriel gabe gabi", "guillermo memo william willie", "gerardo lalo jerry gerald",
        "sergio checo", "ramon moncho ray raymond", "raul ralph", "salvador chava sal",
        "vicente chente vince", "rosario chayo charo chari", "consuelo chelo",
        "concepcion concha connie conchita", "dolores lola loli", "isabel chabela isa elizabeth",
        "elizabeth liz beth eli betty", "francisca paca pancha", "graciela chela grace",
        "josefina josie fina pepa", "leticia lety letty", "margarita margie mago margaret",
        "mercedes meche", "patricia paty pati pat patty", "rosa rosita rosie rose", "soledad chole",
        "teresa tere terry theresa", "veronica vero roni", "yolanda yoli", "catalina cata cathy",
        "carolina caro carol", "cristina cris cristy christina tina", "cristian cris christian",
        "gabriela gaby gabi", "beatriz betty bety bea", "ana anita annie anna", "esperanza espe",
        "estefania fany stephanie", "fernanda fer nanda", "marisol mari sol", "natalia naty",
        "valeria vale", "valentina vale", "victoria vicky viky tori", "victor vic vito",
        "ximena xime", "jimena xime", "joaquin quino", "leonardo leo", "mateo matt matthew teo",
        "matias mati", "nicolas nico nick nicholas", "oscar osqui ozzy", "angel angelito",
        "angelica angie angela", "adriana adri", "arturo turo arthur art", "armando mando",
        "benjamin ben benny benja", "ernesto neto ernie ernest",
        "felipe phil philip pipe felipillo", "javier javi xavier", "joseph joe joey",
        "kimberly kim", "samuel sam sammy", "susana susy susan", "tomas tommy thomas tom",
        "zoe zoey", "agustin tin gus", "alfredo fredy fredo fred", "adolfo fito",
        "rodolfo fito rudy", "martin tin marty", "aurelio yeyo", "rogelio roger", "leopoldo polo",
        "apolinar polo", "marcos polo mark", "bernardo nardo berna", "norberto beto",
        "heriberto beto", "esteban steve stephen estevan", "luciano chano", "feliciano chano",
        "gregorio goyo greg", "gustavo gus tavo", "octavio tavo", "jeronimo chomo", "emilio milo",
        "emiliano emi emilio", "maximiliano max", "reynaldo rey", "rolando rolo",
        "rodrigo rodri rigo", "rigoberto rigo", "federico fede fred", "socorro coco",
        "refugio cuca cuco", "trinidad trini", "encarnacion chon chona", "asuncion chon",
        "milagros mila", "lucia lucy chia", "cecilia ceci", "araceli chely cheli", "maricela chela",
        "josefa pepa", "isabel chava", "salome chome", "rebeca becky", "magdalena magda lena",
        "ramona moncha", "eugenio geno", "eugenia quena", "silvia chiva", "julieta juli july",
        "juliana juli july", "julissa juli july", "monserrat monse", "montserrat monse",
        "itzel itzi", "citlali lali", "xochitl xochi", "nayeli naye", "brayan brian bryan",
        "estela estelita", "efrain frain", "sarai sari",
    ]

    private static let groups: [String: Forms] = {
        var result: [String: Forms] = [:]
        for (number, line) in all.enumerated() {
            for name in Set(line.split(separator: " ")) {
                var known = result[String(name), default: .zero]
                for place in stride(from: Forms.scalarCount - 1, to: 0, by: -1) {
                    known[place] = known[place - 1]
                }
                known[0] = UInt16(number + 1)
                result[String(name)] = known
            }
        }
        return result
    }()
}
