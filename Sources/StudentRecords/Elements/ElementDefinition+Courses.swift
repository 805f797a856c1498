// Elements 62 to 75.
//
// Numbers, uses, names, definitions and code lists are transcribed from the report's Appendix B (US
// Government work, public domain); type, repetition, group and phase are readings of it.
extension ElementDefinition {
    static let courseRows: [Self] = [
        Self(
            .courseTitle,
            "Course Title",
            uses: "PG",
            .text,
            .course,
            phase: 3,
            repeats: true,
            "The name of a course (e.g., Algebra III, American History, Art I, English "
                + "III, English-10)."
        ),
        Self(
            .courseType,
            "Course Type",
            uses: "G",
            .code,
            .course,
            phase: 3,
            repeats: true,
            "An indication of the general nature and difficulty of instruction provided "
                + "throughout a course.",
            codes: [
                CodeValue(
                    "01",
                    "Regular (Default)",
                    "A course providing instruction (in a given subject matter area) that "
                        + "focuses primarily on general concepts for the appropriate grade "
                        + "level."
                ),
                CodeValue(
                    "02",
                    "Honors",
                    "An advanced level course designed for students who have earned "
                        + "honors status according to educational requirements."
                ),
                CodeValue(
                    "03",
                    "Pre-Advanced Placement",
                    "A course in preparation to admission to an AP Program."
                ),
                CodeValue(
                    "04",
                    "Advanced Placement",
                    "An advanced, college-level course designed for students who achieve "
                        + "specific level of academic performance. Upon successful completion "
                        + "of the course and a standardized Advanced Placement examination, a "
                        + "student may receive college credit."
                ),
                CodeValue(
                    "05",
                    "International Baccalaureate",
                    "A program of study, sponsored and designed by International "
                        + "Baccalaureate Organization, that leads to examinations and meets the "
                        + "needs of secondary students between the ages of 16 and 19 years."
                ),
                CodeValue(
                    "06",
                    "Accepted as a high school equivalent",
                    "A secondary-level course offered at an education institution other "
                        + "than a secondary school (such as adult learning center or community "
                        + "college) or through correspondence or distance learning."
                ),
                CodeValue("07", "Not Applicable."),
            ]
        ),
        Self(
            .courseYear,
            "Course Year",
            uses: "G",
            .year,
            .course,
            phase: 3,
            repeats: true,
            "Calendar year in which the course was taken."
        ),
        Self(
            .courseSection,
            "Course Section",
            uses: "PG",
            .code,
            .course,
            phase: 3,
            repeats: true,
            "The prescribed duration of course taken.",
            codes: [
                CodeValue("01", "Full year"),
                CodeValue(
                    "02",
                    "Section A",
                    "One of two equal segments into which the course is divided."
                ),
                CodeValue(
                    "03",
                    "Section B",
                    "One of two equal segments into which the course is divided."
                ),
            ]
        ),
        Self(
            .termType,
            "Term Type",
            uses: "PG",
            .code,
            .course,
            phase: 3,
            repeats: true,
            "The prescribed span of time that a course is provided, and in which students "
                + "are under the direction and guidance of teachers and/or an educational "
                + "institution.",
            codes: [
                CodeValue("01", "Full year"),
                CodeValue(
                    "02",
                    "Semester",
                    "A designation for the segment of a school year that is divided into "
                        + "two equal parts."
                ),
                CodeValue(
                    "03",
                    "Trimester",
                    "A designation for the segment of a school year that is divided into "
                        + "three equal parts."
                ),
                CodeValue(
                    "04",
                    "Quarter",
                    "A designation for the segment of a school year that is divided into "
                        + "four equal parts."
                ),
                CodeValue(
                    "05",
                    "Quinmester",
                    "A designation for the segment of a school year that is divided into "
                        + "five equal parts."
                ),
            ]
        ),
        Self(
            .gradeToDate,
            "Grade-to-date",
            uses: "PG",
            .percentage,
            .course,
            phase: 3,
            repeats: true,
            "For courses that have NOT been completed (or credit granted), a numerical "
                + "grade (percentage) of student performance for the grade-to-date that the "
                + "student has completed at the time of withdrawal."
        ),
        Self(
            .clockHours,
            "Clock Hours",
            uses: "P",
            .amount,
            .course,
            phase: 3,
            repeats: true,
            "For courses that have NOT been completed (or credit granted), the number of "
                + "clock hours to date that the student has completed."
        ),
        Self(
            .finalGrade,
            "Final Grade",
            uses: "P",
            .text,
            .course,
            phase: 3,
            repeats: true,
            "For courses that have NOT had credit granted, a final indicator of student "
                + "performance in a class at the time of withdrawal as submitted by the "
                + "instructor."
        ),
        Self(
            .creditsGranted,
            "Credits Granted",
            uses: "P",
            .amount,
            .course,
            phase: 3,
            repeats: true,
            "The credits granted in Carnegie units for a given course or a section of a "
                + "course (e.g., 1.0, .50, .33, .25, .20)."
        ),
        Self(
            .assessmentName,
            "Assessment Name",
            uses: "G",
            .text,
            .assessment,
            phase: 2,
            repeats: true,
            "The title or description, including a form number, if any, that identifies a "
                + "particular assessment."
        ),
        Self(
            .assessmentType,
            "Assessment Type",
            uses: "G",
            .code,
            .assessment,
            phase: 2,
            repeats: true,
            "The category of an assessment based on format and content.",
            codes: [
                CodeValue(
                    "01",
                    "Achievement Test/State Assessment",
                    "An assessment to measure a student's present level of knowledge, "
                        + "skill, or competence in a specific area or subject."
                ),
                CodeValue(
                    "02",
                    "Advanced placement test",
                    "An assessment to measure the achievement of a student in a subject "
                        + "matter area, taught during high school, which may qualify him or her "
                        + "to bypass the usual initial college class in this area and begin his "
                        + "or her college work in the area at a more advanced level and "
                        + "possibly with college credit."
                ),
                CodeValue(
                    "03",
                    "Language proficiency test",
                    "An assessment used to measure a student's level of proficiency "
                        + "(i.e., speaking, writing, reading, and listening) in either a native "
                        + "language or an acquired language."
                ),
                CodeValue("04", "Exit Exam"),
                CodeValue("05", "GED"),
                CodeValue("06", "Special Education Assessment"),
                CodeValue("07", "Early Childhood Development Assessment"),
                CodeValue(nil, "Other"),
            ]
        ),
        Self(
            .assessmentDate,
            "Assessment Date",
            uses: "G",
            .month,
            .assessment,
            phase: 2,
            repeats: true,
            "The month and year on which an assessment is administered."
        ),
        Self(
            .assessmentResult,
            "Assessment Result",
            uses: "G",
            .text,
            .assessment,
            phase: 2,
            repeats: true,
            "A score or statistical expression of the performance of a student on an "
                + "assessment."
        ),
        Self(
            .resultType,
            "Type of Result",
            uses: "G",
            .code,
            .assessment,
            phase: 2,
            repeats: true,
            "The metric in which results are presented.",
            codes: [
                CodeValue("01", "Proficiency level"),
                CodeValue("02", "Percentile rank"),
                CodeValue("03", "Pass/Fail (if failed enter numerical score)"),
                CodeValue("04", "Normal curve equivalent"),
                CodeValue("05", "Sections that have been successfully completed (e.g., GED)."),
            ]
        ),
    ]
}
