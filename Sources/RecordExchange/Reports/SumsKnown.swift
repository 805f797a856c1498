/// What somebody can work out who knows sums and all of their cells but some.
///
/// Each sum is a linear equation over the cells that are not known. Which of these have only one
/// solution is found by elimination, in numbers modulo a prime, so that nothing is rounded.
struct SumsKnown {
    /// The cells that follow from the sums, in order.
    let determined: [Int]

    private typealias Equation = [Int: Int]

    private static let prime = 2_147_483_647

    init(_ sums: [Suppression.Sum], unknown: Set<Int>) {
        let equations = sums.map { sum in
            var equation = Equation()
            for part in sum.parts where unknown.contains(part) { equation[part] = 1 }
            if let whole = sum.whole, unknown.contains(whole) { equation[whole] = -1 }
            return equation
        }.filter { !$0.isEmpty }
        determined = Self.solve(Self.core(of: equations)).sorted()
    }

    /// Takes away, again and again, equations with two cells or more that are in no other: they
    /// determine neither these nor anything else.
    ///
    /// Thousands of schools are each in one sum, so that little or nothing is left to solve.
    private static func core(of equations: [Equation]) -> [Equation] {
        var uses = uses(of: equations)
        var left = Set(equations.indices)
        var waiting = Array(equations.indices)
        while let index = waiting.popLast() {
            guard left.contains(index),
                equations[index].keys.count(where: { uses[$0]?.count == 1 }) > 1
            else { continue }
            left.remove(index)
            for cell in equations[index].keys {
                uses[cell]?.remove(index)
                if let others = uses[cell], others.count == 1 { waiting += others }
            }
        }
        return left.sorted().map { equations[$0] }
    }

    /// Gauss and Jordan's elimination: a cell is determined where it is left alone.
    private static func solve(_ equations: [Equation]) -> [Int] {
        var rows = equations.map { $0.mapValues { ($0 + prime) % prime } }
        var uses = uses(of: rows)
        for index in rows.indices {
            guard let (pivot, factor) = rows[index].min(by: { $0.key < $1.key }) else { continue }
            let inverse = power(factor, prime - 2)
            rows[index] = rows[index].mapValues { $0 * inverse % prime }
            let row = rows[index]
            for other in uses[pivot] ?? [] where other != index {
                guard let times = rows[other][pivot] else { continue }
                for (cell, value) in row {
                    let rest = (rows[other][cell, default: 0] + (prime - times) * value) % prime
                    if rest == 0 {
                        rows[other][cell] = nil
                        uses[cell]?.remove(other)
                    } else {
                        rows[other][cell] = rest
                        uses[cell, default: []].insert(other)
                    }
                }
            }
        }
        return rows.filter { $0.count == 1 }.flatMap(\.keys)
    }

    /// The equations that each cell is in.
    private static func uses(of equations: [Equation]) -> [Int: Set<Int>] {
        var uses: [Int: Set<Int>] = [:]
        for (index, equation) in equations.enumerated() {
            for cell in equation.keys { uses[cell, default: []].insert(index) }
        }
        return uses
    }

    private static func power(_ base: Int, _ exponent: Int) -> Int {
        var (result, square, left) = (1, base, exponent)
        while left > 0 {
            if left % 2 == 1 { result = result * square % prime }
            square = square * square % prime
            left /= 2
        }
        return result
    }
}
