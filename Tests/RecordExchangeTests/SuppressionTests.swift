import RecordExchange
import SeededNumbers
import Testing

@Suite("What is about few students cannot be worked out") struct SuppressionTests {
    private static func students(_ numbers: Range<Int64>) -> Set<Int64> { Set(numbers) }

    @Test func `nothing is held back where every cell is large enough`() {
        let cells = [Self.students(0..<5), Self.students(5..<12), []]
        #expect(Suppression(cells, sums: [.init(of: [0, 1, 2])]).hidden.isEmpty)
    }

    @Test func `one small cell takes the next smallest with it`() {
        let cells = [
            Self.students(0..<30), Self.students(30..<34), Self.students(34..<41),
            Self.students(41..<50),
        ]
        #expect(Suppression(cells, sums: [.init(of: [0, 1, 2, 3])]).hidden == [1, 2])
    }

    @Test func `two small cells that are few together take a third`() {
        let cells = [Self.students(0..<2), Self.students(2..<4), Self.students(4..<10)]
        #expect(Suppression(cells, sums: [.init(of: [0, 1, 2])]).hidden == [0, 1, 2])
        let enough = [Self.students(0..<2), Self.students(2..<5), Self.students(5..<11)]
        #expect(Suppression(enough, sums: [.init(of: [0, 1, 2])]).hidden == [0, 1])
    }

    @Test func `the same student in two small cells counts once`() {
        let cells = [Self.students(0..<3), Self.students(0..<3), Self.students(3..<9)]
        #expect(Suppression(cells, sums: [.init(of: [0, 1, 2])]).hidden == [0, 1, 2])
    }

    @Test func `with a whole go its parts`() {
        // Districts 0 and 1; schools 2 and 3 in the first, 4 in the second.
        let cells = [
            Self.students(0..<20), Self.students(20..<23), Self.students(0..<10),
            Self.students(10..<20), Self.students(20..<23),
        ]
        let sums = [
            Suppression.Sum(of: [0, 1]), .init(whole: 0, of: [2, 3]), .init(whole: 1, of: [4]),
        ]
        #expect(Suppression(cells, sums: sums).hidden == [0, 1, 2, 3, 4])
    }

    @Test func `a cell on two lists is held back on both, and the second list closes too`() {
        // 1 is on both lists; on the second it would be the only one held back.
        let cells = [Self.students(0..<2), Self.students(2..<10), Self.students(10..<30)]
        let sums = [Suppression.Sum(of: [0, 1]), .init(of: [1, 2])]
        #expect(Suppression(cells, sums: sums).hidden == [0, 1, 2])
    }

    /// Districts with schools, as a state's report has them.
    private struct Tree {
        var cells: [Set<Int64>] = []
        var sums: [Suppression.Sum] = []
        var all: Set<Int64> = []

        init(_ random: inout SeededGenerator) {
            let count = Int(random.next() % 5) + 1
            cells = Array(repeating: [], count: count)
            sums = [Suppression.Sum(of: Array(0..<count))]
            for district in 0..<count {
                var parts: [Int] = []
                for _ in 0...Int(random.next() % 4) {
                    let size = Int(random.next() % 9)
                    let students = Set((0..<size).map { _ in Int64(random.next() % 40) })
                    parts.append(cells.count)
                    cells.append(students)
                    cells[district].formUnion(students)
                }
                sums.append(Suppression.Sum(whole: district, of: parts))
                all.formUnion(cells[district])
            }
        }
    }

    @Test(arguments: 0..<1_500 as Range<UInt64>)
    func `no figure held back follows from the figures shown`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let tree = Tree(&random)
        // A total about fewer than five is not shown, and neither is anything below it.
        guard tree.all.count >= Suppression.fewest else { return }
        let hidden = Suppression(tree.cells, sums: tree.sums).hidden
        for cell in tree.cells.indices where !hidden.contains(cell) {
            #expect(tree.cells[cell].isEmpty || tree.cells[cell].count >= Suppression.fewest)
        }
        #expect(hidden.allSatisfy { !tree.cells[$0].isEmpty })
        #expect(Self.determined(tree.sums, hidden).isEmpty)
        for sum in tree.sums where sum.whole.map({ !hidden.contains($0) }) ?? true {
            let rest = sum.parts.filter(hidden.contains).map { tree.cells[$0] }
            let together = rest.reduce(into: Set<Int64>()) { $0.formUnion($1) }
            #expect(rest.isEmpty || together.count >= Suppression.fewest)
        }
    }

    @Test(arguments: 0..<500 as Range<UInt64>)
    func `nor where one cell stands on two lists`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = Int(random.next() % 5) + 2
        let cells = (0..<count).map { _ in
            Set((0..<Int(random.next() % 9)).map { _ in Int64(random.next() % 60) })
        }
        let shared = Int(random.next() % UInt64(count))
        let sums = [
            Suppression.Sum(of: Array(0...shared)), .init(of: Array(shared..<count)),
        ]
        // Lists about too few are not shown at all.
        for sum in sums {
            let all = sum.parts.reduce(into: Set<Int64>()) { $0.formUnion(cells[$1]) }
            guard all.count >= Suppression.fewest else { return }
        }
        try Self.check(cells, sums)
    }

    @Test(arguments: 0..<500 as Range<UInt64>)
    func `nor where lists have many cells in common`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let cells = (0..<Int(random.next() % 6) + 2).map { _ in
            Set((0..<Int(random.next() % 9)).map { _ in Int64(random.next() % 60) })
        }
        let sums = (0..<Int(random.next() % 4) + 1).map { _ in
            Suppression.Sum(of: cells.indices.filter { _ in random.next() % 2 == 0 })
        }
        for sum in sums {
            let all = sum.parts.reduce(into: Set<Int64>()) { $0.formUnion(cells[$1]) }
            guard all.isEmpty || all.count >= Suppression.fewest else { return }
        }
        let found = Suppression(cells, sums: sums)
        #expect(Self.determined(Self.told(sums, found), found.hidden).isEmpty)
    }

    /// A report's lists that have cells in common: routes of two sides with the route within the
    /// state, and sessions, in which "nobody was asked" is the routes from nowhere.
    @Test(arguments: 0..<500 as Range<UInt64>)
    func `nor where routes and sessions are the lists of a state`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let most = random.next() % 40 + 5
        // 0 within; 1 and 2 from elsewhere, 3 and 4 from nowhere, 5 and 6 to elsewhere.
        var routes: [Set<Int64>] = Array(repeating: [], count: 7)
        var sessions: [Set<Int64>] = [[], [], []]
        for _ in 0..<most {
            let student = Int64(random.next() % (most * 2))
            let route = Int(random.next() % 7) * Int(random.next() % 2)
            routes[route].insert(student)
            if route < 5 {
                sessions[route > 2 ? 2 : Int(random.next() % 8) / 7].insert(student)
            }
        }
        let sums = [
            Suppression.Sum(of: [7, 8, 9]), .init(of: [0, 1, 2, 3, 4]),
            .init(whole: 9, of: [3, 4]),
            .init(of: [0, 5, 6]), .init(of: [0, 1, 2], beside: 9),
        ]
        for list in [[0, 1, 2, 3, 4], [0, 5, 6]] {
            let all = list.reduce(into: Set<Int64>()) { $0.formUnion(routes[$1]) }
            guard all.count >= Suppression.fewest else { return }
        }
        try Self.check(routes + sessions, sums)
    }

    @Test func `a list of one cell that another list holds back is withheld`() {
        // The second list's total is cell 1; with the number of its rows it would tell cell 0.
        let cells = [Self.students(0..<3), Self.students(3..<13), []]
        let found = Suppression(cells, sums: [.init(of: [0, 1]), .init(of: [1, 2])])
        #expect(found.hidden == [0, 1])
        #expect(found.withheld == [0, 1])
        let more = cells + [Self.students(13..<30)]
        #expect(Suppression(more, sums: [.init(of: [0, 1, 3]), .init(of: [1])]).withheld == [1])
    }

    @Test func `three lists that each hold back two of three take a fourth cell`() {
        // 0 + 1, 1 + 2 and 2 + 0 are known: that is three equations for three cells.
        let cells =
            (0..<3).map { Self.students($0 * 3..<$0 * 3 + 3) }
            + (3..<6).map { Self.students($0 * 10..<$0 * 10 + 10) }
        let sums = [
            Suppression.Sum(of: [0, 1, 3]), .init(of: [1, 2, 4]), .init(of: [2, 0, 5]),
        ]
        let found = Suppression(cells, sums: sums)
        #expect(found.hidden == [0, 1, 2, 3])
        #expect(Self.determined(sums, [0, 1, 2]) == [0, 1, 2])
        #expect(Self.determined(sums, found.hidden).isEmpty)
    }

    @Test func `cells that are all of one student, or all of four, take another`() {
        let ones = (0..<6).map { Self.students($0..<$0 + 1) } + [Self.students(6..<20)]
        #expect(Suppression(ones, sums: [.init(of: Array(0..<7))]).hidden == Set(0..<7))
        let fours = [
            Self.students(0..<4), Self.students(4..<8), Self.students(8..<20),
            Self.students(20..<40),
        ]
        #expect(Suppression(fours, sums: [.init(of: [0, 1, 2, 3])]).hidden == [0, 1, 2])
    }

    @Test func `a whole of one part that another list holds back is held back with it`() {
        // 0 is part 3 of another list, on which 2 is too small.
        let cells = [
            Self.students(0..<6), Self.students(6..<30), Self.students(6..<9),
            Self.students(0..<6), Self.students(9..<30),
        ]
        let sums = [
            Suppression.Sum(of: [0, 1]), .init(of: [2, 3, 4]), .init(whole: 0, of: [3]),
        ]
        #expect(Suppression(cells, sums: sums).hidden == [0, 1, 2, 3])
    }

    @Test func `thousands of schools are no trouble`() {
        var random = SeededGenerator(seed: 1)
        var cells: [Set<Int64>] = Array(repeating: [], count: 500)
        var sums = [Suppression.Sum(of: Array(0..<500))]
        var next: Int64 = 0
        for district in 0..<500 {
            let parts = (0..<10).map { cells.count + $0 }
            for _ in parts {
                let size = Int64(random.next() % 30)
                cells.append(Set(next..<next + size))
                cells[district].formUnion(next..<next + size)
                next += size
            }
            sums.append(Suppression.Sum(whole: district, of: parts))
        }
        let found = Suppression(cells, sums: sums)
        #expect(!found.hidden.isEmpty && found.withheld.isEmpty)
        #expect(found.hidden.count < cells.count / 2)
        #expect(found.hidden == Suppression(cells, sums: sums).hidden)
    }

    /// Nothing small is shown, nothing hidden follows from the sums, and neither does it from
    /// knowing besides that each hidden cell is about somebody.
    private static func check(_ cells: [Set<Int64>], _ sums: [Suppression.Sum]) throws {
        let found = Suppression(cells, sums: sums)
        let hidden = found.hidden.sorted()
        for cell in cells.indices where !found.hidden.contains(cell) {
            #expect(cells[cell].isEmpty || cells[cell].count >= Suppression.fewest)
        }
        #expect(hidden.allSatisfy { !cells[$0].isEmpty })
        for index in found.withheld {
            // Of a list that is withheld as a whole, not one row is shown.
            #expect(sums[index].whole == nil)
            #expect(
                sums[index].parts.allSatisfy { cells[$0].isEmpty || found.hidden.contains($0) }
            )
        }
        let told = told(sums, found)
        #expect(determined(told, found.hidden).isEmpty)
        // Another table, one away in some cells, of which all that is shown says the same.
        let small = hidden.filter { cells[$0].count < Suppression.fewest }
        var varied: Set<Int> = []
        // Of each sum that is known, how each hidden cell counts in it; there are thousands of
        // tables, so the sums are not gone through for each.
        func weights(_ sum: Suppression.Sum) -> [Int] {
            hidden.map { cell in
                sum.parts.count { $0 == cell } - (sum.whole == cell ? 1 : 0)
            }
        }
        let exact = told.map(weights)
        let atMost = found.withheld.map { weights(sums[$0]) }
        let mayBeLess = hidden.map { cells[$0].count > 1 }
        var change = [Int](repeating: 0, count: hidden.count)
        func sum(_ weights: [Int]) -> Int {
            var sum = 0
            var place = 0
            while place < change.count {
                sum += weights[place] * change[place]
                place += 1
            }
            return sum
        }
        for number in 0..<tables(of: hidden.count) {
            if varied.isSuperset(of: small) { break }
            var digits = number
            var isPossible = true
            var place = 0
            while place < change.count {
                change[place] = digits % 3 - 1
                if change[place] < 0, !mayBeLess[place] { isPossible = false }
                digits /= 3
                place += 1
            }
            guard isPossible, exact.allSatisfy({ sum($0) == 0 }),
                // The rest of a withheld list may be more than it is, but not less than none.
                atMost.allSatisfy({ sum($0) <= 0 })
            else { continue }
            for place in hidden.indices where change[place] != 0 { varied.insert(hidden[place]) }
        }
        #expect(varied.isSuperset(of: small))
    }

    /// The sums that are known: of a list that is withheld nobody sees how many rows it has.
    private static func told(
        _ sums: [Suppression.Sum],
        _ found: Suppression
    ) -> [Suppression.Sum] {
        sums.indices
            .filter { !found.withheld.contains($0) && sums[$0].beside == nil }
            .map { sums[$0] }
    }

    /// How many tables there are in which each of so many cells is one less, the same or one more.
    private static func tables(of count: Int) -> Int { (0..<count).reduce(1) { all, _ in all * 3 } }

    /// Cells whose value follows from the sums: those that elimination leaves alone in a row.
    private static func determined(_ sums: [Suppression.Sum], _ hidden: Set<Int>) -> [Int] {
        let unknown = hidden.sorted()
        var rows = sums.map { sum in
            unknown.map { cell -> Double in
                if sum.whole == cell { return -1 }
                return sum.parts.contains(cell) ? 1 : 0
            }
        }
        var done = 0
        for column in unknown.indices {
            guard let pivot = rows[done...].firstIndex(where: { abs($0[column]) > 1e-9 }) else {
                continue
            }
            rows.swapAt(done, pivot)
            let factor = rows[done][column]
            rows[done] = rows[done].map { $0 / factor }
            for row in rows.indices where row != done {
                let times = rows[row][column]
                rows[row] = zip(rows[row], rows[done]).map { $0 - times * $1 }
            }
            done += 1
            if done == rows.count { break }
        }
        return rows.compactMap { row in
            let left = row.indices.filter { abs(row[$0]) > 1e-9 }
            return left.count == 1 ? unknown[left[0]] : nil
        }
    }
}
