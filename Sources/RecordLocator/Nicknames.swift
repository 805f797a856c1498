/// Short forms that families and schools use for each other, Spanish and English.
enum Nicknames {
    /// The names that a folded name is a form of, packed; zero where there are none.
    static func forms(_ letters: [UInt8], _ range: Range<Int>) -> UInt64 {
        guard (2...longest).contains(range.count) else { return 0 }
        return groups[String(decoding: letters[range], as: UTF8.self)] ?? 0
    }

    /// Whether two names are commonly used for one name.
    static func share(_ left: UInt64, _ right: UInt64) -> Bool {
        var left = left
        while left != 0 {
            var right = right
            while right != 0 {
                if left & 0xFFFF == right & 0xFFFF { return true }
                right >>= 16
            }
            left >>= 16
        }
        return false
    }

    /// The sounds of all names that a name is a form of.
    static func sounds(of forms: UInt64) -> [UInt32] {
        var sounds: [UInt32] = []
        var forms = forms
        while forms != 0 {
            sounds += soundsOfLine[Int(forms & 0xFFFF) - 1]
            forms >>= 16
        }
        return sounds
    }

    private static let soundsOfLine: [[UInt32]] = lines.map { line in
        var scratch: [UInt8] = []
        return line.split(separator: " ").map { name in
            let letters = Array(name.utf8)
            return NameSounds.number(letters, 0..<letters.count, scratch: &scratch)
        }
    }

    private static let longest = 14

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

    // Which lines a name stands on: up to four line numbers, counted from one, 16 bits each.
    private static let groups: [String: UInt64] = {
        var result: [String: UInt64] = [:]
        for (number, line) in lines.enumerated() {
            for name in line.split(separator: " ") {
                let known = result[String(name), default: 0]
                result[String(name)] = known << 16 | UInt64(number + 1)
            }
        }
        return result
    }()
}
