import Rendering
import Testing
import Vocabulary

@Suite("Dates in words")
struct DateWordsTests {
    @Test func `a day is said in both languages`() {
        let day = Samples.day("2026-08-10")

        #expect(DateWords(day, in: .english).weekday == "Monday, August 10")
        #expect(DateWords(day, in: .spanish).weekday == "lunes 10 de agosto")
        #expect(DateWords(day, in: .english).full == "August 10, 2026")
        #expect(DateWords(day, in: .spanish).full == "10 de agosto de 2026")
        #expect(DateWords(day, in: .english).short == "Mon, Aug 10")
        #expect(DateWords(day, in: .spanish).short == "lun. 10 de ago.")
        #expect(DateWords(Samples.day("2026-05-20"), in: .spanish).short == "mié. 20 de mayo")
    }

    @Test(arguments: Language.allCases)
    func `no two days of a year are said alike`(language: Language) {
        let first = Samples.day("2028-01-01")
        let days = (0..<366).map { DateWords(first.advanced(by: $0), in: language) }

        #expect(Set(days.map(\.full)).count == 366)
        #expect(Set(days.map(\.weekday)).count == 366)
        #expect(Set(days.map(\.short)).count == 366)
    }

    @Test(arguments: Language.allCases)
    func `the names of the weekdays come round every seven days`(language: Language) {
        let first = Samples.day("1999-12-27")
        for offset in 0..<800 {
            let day = DateWords(first.advanced(by: offset), in: language).weekday
            let later = DateWords(first.advanced(by: offset + 7), in: language).weekday
            #expect(day.prefix(3) == later.prefix(3))
        }
    }

    @Test func `a clock is said with its half of the day and its zone`() {
        func words(_ hour: Int, _ minute: Int, _ language: Language) -> String {
            TimeWords(Samples.time("2026-08-10", hour, minute), in: language).clock
        }

        #expect(words(9, 12, .english) == "9:12 am CDT")
        #expect(words(9, 12, .spanish) == "9:12 a. m. CDT")
        #expect(words(0, 5, .english) == "12:05 am CDT")
        #expect(words(12, 0, .english) == "12:00 pm CDT")
        #expect(words(23, 59, .spanish) == "11:59 p. m. CDT")
    }

    @Test func `no two minutes of a day are said alike`() {
        let minutes = (0..<1_440).map {
            TimeWords(Samples.time("2026-08-10", $0 / 60, $0 % 60), in: .english).clock
        }
        #expect(Set(minutes).count == 1_440)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1_000, "1 KB"), (1_420_000, "1.4 MB"),
        (9_999_999, "9.9 MB"), (10_400_000, "10 MB"), (1_073_741_824, "1 GB"),
    ])
    func `a size is said in the largest unit`(bytes: Int, words: String) {
        #expect(ByteCount(Int64(bytes)).words == words)
    }
}
