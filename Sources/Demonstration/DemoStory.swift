package import RecordLocator
package import ReferenceData
import SeededNumbers
import Vocabulary

/// Made-up students and the schools they went to, the same for the same seed.
package enum DemoStory {
    /// The day on which the story ends: enrollments that go on have no last day after it.
    static let today = CivilDate(year: 2026, month: 5, day: 15) ?? CivilDate(dayNumber: 0)

    /// Locator entries of the showcase's students and of `students` more.
    ///
    /// Each student has two surnames as a rule, one to six enrollments in one to three states at
    /// real schools fitting the grade, and a few spellings that differ from school to school.
    /// Nobody in it is real.
    package static func entries(
        seed: UInt64,
        students: Int,
        directory: NationalDirectory
    ) -> [LocatorEntry] {
        var generator = SeededGenerator(seed: seed)
        let places = DemoPlaces(directory: directory)
        // Drawn first, so that they are the same whatever the number of students.
        var entries = DemoShowcase.entries(generator: &generator)
        for _ in 0..<students {
            let student = DemoStudent(generator: &generator)
            entries += student.entries(at: places, generator: &generator)
        }
        return entries
    }
}
