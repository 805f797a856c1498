/// Short forms that families and schools use for each other, Spanish and English.
enum Nicknames {
    /// Whether one of two folded names is commonly used for the other.
    static func areForms(_ left: String, _ right: String) -> Bool {
        guard let first = groups[left], let second = groups[right] else { return false }
        return !first.isDisjoint(with: second)
    }

    // Each line: one name and what its bearers are also called. Written down for this project.
    private static let lines = [
        "jose pepe joe chepe josecito", "francisco pancho paco frank francis kiko",
        "jesus chuy chucho jesse", "guadalupe lupe lupita", "maria mari mary maricela marie",
        "juan juanito john johnny juancho", "antonio tono tony anthony", "manuel manny manolo",
        "ignacio nacho iggy", "eduardo lalo eddie edward", "enrique kike quique henry",
        "roberto beto bob robert bobby", "alberto beto albert al", "gilberto beto gil gilbert",
        "humberto beto", "luis lucho louis lou luisito", "carlos charlie carlitos charles",
        "miguel mike michael migue", "jorge george coque", "rafael rafa ralph",
        "fernando nando fer ferny", "alejandro alex alejo alexander", "alejandra ale alex",
        "alexander alex xander", "ricardo richard rick ricky", "daniel dani danny dan",
        "david dave davy", "pedro peter perico", "pablo paul", "andres andy andrew",
        "santiago santi chago james", "sebastian seba sebas", "gabriel gabe gabi",
        "guillermo memo william willie", "gerardo lalo jerry gerald", "sergio checo",
        "ramon moncho ray raymond", "raul ralph", "salvador chava sal", "vicente chente vince",
        "rosario chayo chari", "consuelo chelo", "concepcion concha connie conchita",
        "dolores lola loli", "isabel chabela isa elizabeth", "elizabeth liz beth eli betty",
        "francisca paca pancha", "graciela chela grace", "josefina josie fina pepa",
        "leticia lety letty", "margarita margie mago margaret", "mercedes meche",
        "patricia paty pati pat patty", "rosa rosita rosie rose", "soledad chole",
        "teresa tere terry theresa", "veronica vero roni", "yolanda yoli", "catalina cata cathy",
        "carolina caro carol", "cristina cris cristy christina tina", "cristian cris christian",
        "gabriela gaby gabi", "beatriz betty bety bea", "ana anita annie anna", "esperanza espe",
        "estefania fany stephanie", "fernanda fer nanda", "marisol mari sol", "natalia naty",
        "valeria vale", "valentina vale", "victoria vicky viky tori", "victor vic vito",
        "ximena xime", "jimena xime", "joaquin quino", "leonardo leo", "mateo matt matthew teo",
        "matias mati", "nicolas nico nick nicholas", "oscar osqui", "angel angelito",
        "angelica angie angela", "adriana adri", "arturo turo arthur art", "armando mando",
        "benjamin ben benny benja", "ernesto neto ernie ernest", "felipe phil philip pipe",
        "javier javi xavier", "joseph joe joey", "kimberly kim", "samuel sam sammy",
        "susana susy susan", "tomas tommy thomas tom", "zoe zoey",
    ]

    private static let groups: [String: Set<Int>] = {
        var result: [String: Set<Int>] = [:]
        for (number, line) in lines.enumerated() {
            for name in line.split(separator: " ") {
                result[String(name), default: []].insert(number)
            }
        }
        return result
    }()
}
