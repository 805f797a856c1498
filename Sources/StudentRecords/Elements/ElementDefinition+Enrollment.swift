// Elements 20 to 39.
//
// Numbers, uses, names, definitions and code lists are transcribed from the report's Appendix B (US
// Government work, public domain); type, repetition, group and phase are readings of it.
extension ElementDefinition {
    static let enrollmentAndHealthRows: [Self] = [
        Self(
            .gradeLevel,
            "Grade Level",
            uses: "PG",
            .code,
            .enrollment,
            phase: 1,
            repeats: true,
            "The grade level in which a school/project enrolls a student.",
            codes: [
                CodeValue("01", "Grade 1"),
                CodeValue("02", "Grade 2"),
                CodeValue("03", "Grade 3"),
                CodeValue("04", "Grade 4"),
                CodeValue("05", "Grade 5"),
                CodeValue("06", "Grade 6"),
                CodeValue("07", "Grade 7"),
                CodeValue("08", "Grade 8"),
                CodeValue("09", "Grade 9"),
                CodeValue("010", "Grade 10"),
                CodeValue("011", "Grade 11"),
                CodeValue("012", "Grade 12"),
                CodeValue("013", "Ungraded"),
                CodeValue("014", "Pre-school"),
                CodeValue("015", "Kindergarten"),
                CodeValue("016", "Out-of-School"),
            ]
        ),
        Self(
            .withdrawalDate,
            "Withdrawal Date",
            uses: "EPG",
            .date,
            .enrollment,
            phase: 1,
            repeats: true,
            "The month, day, year on which a student withdrew from a school or project."
        ),
        Self(
            .educationAlert,
            "Ed Alert Flag",
            uses: "E",
            .flag,
            .educationAlert,
            phase: 2,
            repeats: true,
            "Alert for a special need/educational condition linked with a contact person."
        ),
        Self(
            .educationAlertResolution,
            "Ed Alert Resolution Date",
            uses: "E",
            .date,
            .educationAlert,
            phase: 2,
            repeats: true,
            "Month, day, and year the alert was resolved."
        ),
        Self(
            .medicalAlert,
            "Med Alert Flag",
            uses: "E",
            .flag,
            .medicalAlert,
            phase: 2,
            repeats: true,
            "Alert for a medical/health condition."
        ),
        Self(
            .medicalAlertResolution,
            "Med Alert Resolution Date",
            uses: "E",
            .date,
            .medicalAlert,
            phase: 2,
            repeats: true,
            "Month, day, and year the alert was resolved."
        ),
        Self(
            .immunizationDate,
            "Immunization Date",
            uses: "E",
            .date,
            .immunization,
            phase: 2,
            repeats: true,
            "The month, day, and year on which a student receives an immunization."
        ),
        Self(
            .immunizationType,
            "Immunization Type",
            uses: "E",
            .text,
            .immunization,
            phase: 2,
            repeats: true,
            "The name of immunization that a student has received."
        ),
        Self(
            .qualifyingArrivalDate,
            "QAD (Qualifying Arrival Date)",
            uses: "",
            .date,
            .qualifyingMove,
            phase: 1,
            repeats: true,
            "The month, day, and year on which the family unit or the student (where the "
                + "student is the worker) arrived at the place where the qualifying work was "
                + "sought."
        ),
        Self(
            .qualifyingFromCity,
            "QAD From City",
            uses: "",
            .text,
            .qualifyingMove,
            phase: 1,
            repeats: true,
            "The name of the city in which the previous school district is located."
        ),
        Self(
            .qualifyingFromState,
            "QAD From State",
            uses: "",
            .stateCode,
            .qualifyingMove,
            phase: 1,
            repeats: true,
            "The postal abbreviation code for a State (within the United States) or "
                + "Outlying Area in which the previous school district is located."
        ),
        Self(
            .qualifyingFromCountry,
            "QAD From Country",
            uses: "",
            .countryCode,
            .qualifyingMove,
            phase: 1,
            repeats: true,
            "The abbreviation code for a country (other than the US) area in which the "
                + "previous school district is located."
        ),
        Self(
            .qualifyingToCity,
            "QAD To City",
            uses: "",
            .text,
            .qualifyingMove,
            phase: 1,
            repeats: true,
            "The name of the city in which the new school district is located."
        ),
        Self(
            .qualifyingToState,
            "QAD To State",
            uses: "",
            .stateCode,
            .qualifyingMove,
            phase: 1,
            repeats: true,
            "The postal abbreviation code for a State (within the United States) or "
                + "Outlying Area in which the new school district is located."
        ),
        Self(
            .residencyDate,
            "Residency Date",
            uses: "",
            .date,
            .qualifyingMove,
            phase: 1,
            repeats: true,
            "The month, day, and year on which the family unit or the student (where the "
                + "student is the worker) establishes residency in a school district within a "
                + "State."
        ),
        Self(
            .terminationDate,
            "Termination Date",
            uses: "",
            .date,
            .eligibility,
            phase: 1,
            repeats: false,
            "The month, day, and year on which the student is no longer eligible for the "
                + "Migrant Education Program."
        ),
        Self(
            .terminationReason,
            "Termination Flag",
            uses: "",
            .code,
            .eligibility,
            phase: 1,
            repeats: false,
            "The reason for the end of student eligibility.",
            codes: [
                CodeValue("01", "Non-migrant status, eligibility expired"),
                CodeValue("02", "Graduated"),
                CodeValue("03", "GED"),
                CodeValue("04", "Dropout"),
                CodeValue("05", "Deceased"),
            ]
        ),
    ]
}
