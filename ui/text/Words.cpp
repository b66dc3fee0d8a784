#include "ui/text/Words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <array>
#include <utility>

#include "ui/text/Language.h"

namespace kamei::ui::text {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString categoryName(model::Category value) {
    using C = model::Category;
    switch (value) {
    case C::Code1:
        return Words::tr("Personal identification code, class 1");
    case C::Code2:
        return Words::tr("Personal identification code, class 2");
    case C::Identifier:
        return Words::tr("Identifier");
    case C::QuasiIdentifier:
        return Words::tr("Quasi-identifier");
    case C::Financial:
        return Words::tr("Information that may cause financial harm");
    case C::LinkingCode:
        return Words::tr("Linking code");
    case C::Contact:
        return Words::tr("Contact information");
    case C::None:
        break;
    }
    return Words::tr("No category");
}

QString categoryLetter(model::Category value) {
    using C = model::Category;
    switch (value) {
    case C::Code1:
    case C::Code2:
        return Words::tr("P", "letter of: personal identification code");
    case C::Identifier:
        return Words::tr("I", "letter of: identifier");
    case C::QuasiIdentifier:
        return Words::tr("Q", "letter of: quasi-identifier");
    case C::Financial:
        return Words::tr("F", "letter of: financial harm");
    case C::LinkingCode:
        return Words::tr("L", "letter of: linking code");
    case C::Contact:
        return Words::tr("C", "letter of: contact information");
    case C::None:
        break;
    }
    return QStringLiteral("–");
}

QString requirementName(model::Requirement value) {
    using R = model::Requirement;
    switch (value) {
    case R::Required:
        return Words::tr("Required");
    case R::Recommended:
        return Words::tr("Recommended");
    case R::Conditional:
        return Words::tr("To be judged (none to recommended)");
    case R::None:
        break;
    }
    return Words::tr("No processing asked");
}

QString requirementPill(model::Requirement value) {
    using R = model::Requirement;
    switch (value) {
    case R::Required:
        return Words::tr("Required");
    case R::Recommended:
        return Words::tr("Recommended");
    case R::Conditional:
        return Words::tr("Judge");
    case R::None:
        break;
    }
    return Words::tr("Keep", "requirement");
}

QString actionName(model::Action value) {
    using A = model::Action;
    switch (value) {
    case A::Keep:
        return Words::tr("Keep");
    case A::Delete:
        return Words::tr("Delete");
    case A::Replace:
        return Words::tr("Replace by a pseudonymous value");
    case A::Generalise:
        return Words::tr("Generalise");
    case A::Shift:
        return Words::tr("Shift the date");
    case A::Clean:
        return Words::tr("Remove identifiers, keep the text");
    case A::Mask:
        return Words::tr("Mask the pixels");
    case A::Deface:
        return Words::tr("Remove the face");
    case A::TopCode:
        return Words::tr("Top coding");
    case A::BottomCode:
        return Words::tr("Bottom coding");
    case A::Microaggregate:
        return Words::tr("Microaggregation");
    case A::Swap:
        return Words::tr("Swap");
    case A::Noise:
        return Words::tr("Add noise");
    case A::Synthesise:
        return Words::tr("Replace by synthetic data");
    }
    return {};
}

QString stateName(model::DecisionState value) {
    using S = model::DecisionState;
    switch (value) {
    case S::Open:
        return Words::tr("Open", "state of a finding");
    case S::Accepted:
        return Words::tr("Accepted");
    case S::Changed:
        return Words::tr("Changed");
    case S::Rejected:
        return Words::tr("Rejected");
    }
    return {};
}

QString originName(model::Origin value) {
    using O = model::Origin;
    switch (value) {
    case O::Rule:
        return Words::tr("Rule");
    case O::Model:
        return Words::tr("Dictionary and language analysis");
    case O::Known:
        return Words::tr("Known identifier");
    case O::Device:
        return Words::tr("Device template");
    case O::Ocr:
        return Words::tr("Text recognised in the picture");
    case O::Face:
        return Words::tr("Face detection");
    case O::Person:
        return Words::tr("Added by hand");
    }
    return {};
}

QString kindName(model::AssetKind value) {
    using K = model::AssetKind;
    switch (value) {
    case K::DicomSeries:
        return Words::tr("DICOM images");
    case K::DicomVideo:
        return Words::tr("DICOM video");
    case K::DicomSlide:
        return Words::tr("DICOM slide");
    case K::DicomDocument:
        return Words::tr("DICOM document");
    case K::Text:
        return Words::tr("Clinical text");
    case K::Document:
        return Words::tr("Structured document");
    case K::Table:
        return Words::tr("Table");
    case K::Image:
        return Words::tr("Image");
    case K::Video:
        return Words::tr("Video");
    case K::Slide:
        return Words::tr("Pathology slide");
    case K::Signal:
        return Words::tr("Physiological signal");
    case K::Genome:
        return Words::tr("Genetic test");
    case K::Pdf:
        return Words::tr("PDF");
    case K::Volume:
        return Words::tr("Head volume");
    case K::Unreadable:
        return Words::tr("Unreadable");
    }
    return {};
}

QString kindIcon(model::AssetKind value) {
    using K = model::AssetKind;
    switch (value) {
    case K::DicomSeries:
        return QStringLiteral("stack");
    case K::DicomVideo:
    case K::Video:
        return QStringLiteral("video");
    case K::DicomSlide:
    case K::Slide:
        return QStringLiteral("slide");
    case K::DicomDocument:
    case K::Pdf:
        return QStringLiteral("pdf");
    case K::Text:
        return QStringLiteral("text");
    case K::Document:
        return QStringLiteral("document");
    case K::Table:
        return QStringLiteral("table");
    case K::Image:
        return QStringLiteral("image");
    case K::Signal:
        return QStringLiteral("signal");
    case K::Genome:
        return QStringLiteral("gene");
    case K::Volume:
        return QStringLiteral("volume");
    case K::Unreadable:
        return QStringLiteral("warn");
    }
    return QStringLiteral("text");
}

QString assetStateName(model::AssetState value) {
    using S = model::AssetState;
    switch (value) {
    case S::Imported:
        return Words::tr("Imported");
    case S::Detected:
        return Words::tr("Candidates found");
    case S::Decided:
        return Words::tr("Decided");
    case S::Staged:
        return Words::tr("Processed");
    case S::Confirmed:
        return Words::tr("Confirmed");
    case S::SentBack:
        return Words::tr("Sent back");
    case S::Excluded:
        return Words::tr("Excluded");
    }
    return {};
}

QString conditionName(release::Condition value) {
    using C = release::Condition;
    switch (value) {
    case C::RequiredDecided:
        return Words::tr("Every required candidate is decided");
    case C::ConditionalJudged:
        return Words::tr("Every candidate to be judged is judged");
    case C::UnreadableDecided:
        return Words::tr("It is settled what becomes of unreadable data");
    case C::StagedCurrent:
        return Words::tr("The processed files reflect the latest decisions");
    case C::Confirmed:
        return Words::tr("The present SHA-256 was confirmed by eye");
    case C::SecondPerson:
        return Words::tr("A second person confirmed what two have to confirm");
    case C::ConfirmationsSigned:
        return Words::tr("Confirmations are signed where they have to be");
    case C::ResidualsClear:
        return Words::tr("The residual search finds no identifier");
    case C::NobodySingledOut:
        return Words::tr("Nobody is singled out, or a reason is recorded");
    case C::SubjectsSettled:
        return Words::tr("It is settled whose data they are");
    case C::SheetComplete:
        return Words::tr("Purpose, data and notice are filled in (3.7.1)");
    case C::SourcesUnchanged:
        return Words::tr("The source data are as they were at import");
    case C::AuditVerifies:
        return Words::tr("The audit log verifies");
    }
    return {};
}

QString stepName(int step) {
    switch (step) {
    case 1:
        return Words::tr("Purpose of use");
    case 2:
        return Words::tr("Medical data needed");
    case 3:
        return Words::tr("Find identifiers");
    case 4:
        return Words::tr("Process identifiers");
    case 5:
        return Words::tr("Process quasi-identifiers");
    case 6:
        return Words::tr("Delete codes and financial data");
    case 7:
        return Words::tr("Delete contacts and linking codes");
    case 8:
        return Words::tr("Reduce other quasi-identifiers");
    default:
        return {};
    }
}

QString stepNumber(int step) {
    return step >= 1 && step <= 8 ? QString(QChar(0x2460 + step - 1)) : QString();
}

QString ruleName(const guideline::Rule& rule) {
    return fromUtf8(japanese() ? rule.itemJa : rule.itemEn);
}

QString labelName(std::string_view label) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 55> kLabels{{
        {"SHEET", QT_TRANSLATE_NOOP("Labels", "Monitor or paper")},
        {"PATIENT_NAME", QT_TRANSLATE_NOOP("Labels", "Patient's name")},
        {"FAMILY_NAME", QT_TRANSLATE_NOOP("Labels", "Name of a relative")},
        {"CLINICIAN_NAME", QT_TRANSLATE_NOOP("Labels", "Clinician's name")},
        {"OTHER_NAME", QT_TRANSLATE_NOOP("Labels", "Name of another person")},
        {"DATE", QT_TRANSLATE_NOOP("Labels", "Date")},
        {"BIRTH_DATE", QT_TRANSLATE_NOOP("Labels", "Date of birth")},
        {"AGE", QT_TRANSLATE_NOOP("Labels", "Age")},
        {"SEX", QT_TRANSLATE_NOOP("Labels", "Sex")},
        {"OCCUPATION", QT_TRANSLATE_NOOP("Labels", "Occupation")},
        {"ADDRESS", QT_TRANSLATE_NOOP("Labels", "Address")},
        {"MUNICIPALITY", QT_TRANSLATE_NOOP("Labels", "Municipality")},
        {"POSTAL_CODE", QT_TRANSLATE_NOOP("Labels", "Postal code")},
        {"FACILITY", QT_TRANSLATE_NOOP("Labels", "Facility")},
        {"ORGANIZATION", QT_TRANSLATE_NOOP("Labels", "Organisation")},
        {"PHONE", QT_TRANSLATE_NOOP("Labels", "Telephone number")},
        {"EMAIL", QT_TRANSLATE_NOOP("Labels", "E-mail address")},
        {"URL", QT_TRANSLATE_NOOP("Labels", "Web address")},
        {"CHART_NO", QT_TRANSLATE_NOOP("Labels", "Chart number")},
        {"EXAM_ID", QT_TRANSLATE_NOOP("Labels", "Examination number")},
        {"INSURANCE_NO", QT_TRANSLATE_NOOP("Labels", "Insurance number")},
        {"MY_NUMBER", QT_TRANSLATE_NOOP("Labels", "Individual Number (My Number)")},
        {"PASSPORT_NO", QT_TRANSLATE_NOOP("Labels", "Passport number")},
        {"LICENSE_NO", QT_TRANSLATE_NOOP("Labels", "Driver's licence number")},
        {"PENSION_NO", QT_TRANSLATE_NOOP("Labels", "Basic pension number")},
        {"RESIDENT_CODE", QT_TRANSLATE_NOOP("Labels", "Resident record code")},
        {"patient.trait", QT_TRANSLATE_NOOP("Labels", "Race, religion, nationality")},
        {"patient.marital", QT_TRANSLATE_NOOP("Labels", "Marital status")},
        {"family.other", QT_TRANSLATE_NOOP("Labels", "Family information")},
        {"location", QT_TRANSLATE_NOOP("Labels", "Ward, room, bed")},
        {"resource.id", QT_TRANSLATE_NOOP("Labels", "Resource identifier")},
        {"resource.reference", QT_TRANSLATE_NOOP("Labels", "Reference to a resource")},
        {"local", QT_TRANSLATE_NOOP("Labels", "Part defined by the site")},
        {"attachment", QT_TRANSLATE_NOOP("Labels", "Attached file")},
        {"FaceSurface", QT_TRANSLATE_NOOP("Labels", "Surface of the head")},
        {"FaceRendering", QT_TRANSLATE_NOOP("Labels", "Picture made of a volume")},
        {"FacePhoto", QT_TRANSLATE_NOOP("Labels", "Face in a picture")},
        {"BurnedInText", QT_TRANSLATE_NOOP("Labels", "Burned-in text")},
        {"BURNED_IN_TEXT", QT_TRANSLATE_NOOP("Labels", "Burned-in text")},
        {"BurnedInAnnotation", QT_TRANSLATE_NOOP("Labels", "Burned-in text?")},
        {"CODE", QT_TRANSLATE_NOOP("Labels", "Barcode or 2D code")},
        {"SLIDE_TEXT", QT_TRANSLATE_NOOP("Labels", "Writing on the slide")},
        {"SLIDE_LABEL", QT_TRANSLATE_NOOP("Labels", "Label of the slide")},
        {"SLIDE_MACRO", QT_TRANSLATE_NOOP("Labels", "Overview of the slide")},
        {"SLIDE_PICTURE", QT_TRANSLATE_NOOP("Labels", "Additional picture of the slide")},
        {"FILE_NAME", QT_TRANSLATE_NOOP("Labels", "File name")},
        {"COMMENT", QT_TRANSLATE_NOOP("Labels", "Comment")},
        {"PRIVATE", QT_TRANSLATE_NOOP("Labels", "Content of the manufacturer")},
        {"FORM_VALUE", QT_TRANSLATE_NOOP("Labels", "Value of a form")},
        {"VOICE", QT_TRANSLATE_NOOP("Labels", "Sound with voices")},
        {"VIDEO", QT_TRANSLATE_NOOP("Labels", "Video")},
        {"CODED_ANEW", QT_TRANSLATE_NOOP("Labels", "Coded anew")},
        {"CREDIT_CARD", QT_TRANSLATE_NOOP("Labels", "Credit card number")},
        {"OTHER_NO", QT_TRANSLATE_NOOP("Labels", "Other personal number")},
        {"GENOTYPE", QT_TRANSLATE_NOOP("Labels", "Genetic data as a whole")},
    }};
    for (const auto& [word, name] : kLabels) {
        if (word == label) {
            return QCoreApplication::translate("Labels", name);
        }
    }
    return fromUtf8(label);
}

QString identifierKindName(std::string_view kind) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 11> kKinds{{
        {"patient-name", QT_TRANSLATE_NOOP("Labels", "Patient's name")},
        {"patient-id", QT_TRANSLATE_NOOP("Labels", "Patient's ID")},
        {"birth-date", QT_TRANSLATE_NOOP("Labels", "Date of birth")},
        {"address", QT_TRANSLATE_NOOP("Labels", "Address")},
        {"phone", QT_TRANSLATE_NOOP("Labels", "Telephone number")},
        {"clinician", QT_TRANSLATE_NOOP("Labels", "Clinician's name")},
        {"facility", QT_TRANSLATE_NOOP("Labels", "Facility")},
        {"accession", QT_TRANSLATE_NOOP("Labels", "Accession number")},
        {"uid", QT_TRANSLATE_NOOP("Labels", "UID")},
        {"family", QT_TRANSLATE_NOOP("Labels", "Name of a relative")},
        {"other", QT_TRANSLATE_NOOP("Labels", "Other identifier")},
    }};
    for (const auto& [word, name] : kKinds) {
        if (word == kind) {
            return QCoreApplication::translate("Labels", name);
        }
    }
    return fromUtf8(kind);
}

QString sheetFieldName(std::string_view field) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 10> kFields{{
        {"purpose", QT_TRANSLATE_NOOP("Sheet", "Purpose of use")},
        {"dataItems", QT_TRANSLATE_NOOP("Sheet", "Medical data and amount")},
        {"newPurpose", QT_TRANSLATE_NOOP("Sheet", "Purpose after the change")},
        {"jointUse", QT_TRANSLATE_NOOP("Sheet", "That there is joint use")},
        {"jointItems", QT_TRANSLATE_NOOP("Sheet", "Items of data used jointly")},
        {"jointUsers", QT_TRANSLATE_NOOP("Sheet", "Range of joint users")},
        {"jointPurpose", QT_TRANSLATE_NOOP("Sheet", "Purpose of the users")},
        {"responsible", QT_TRANSLATE_NOOP("Sheet", "Responsible: name, address, representative")},
        {"keepReason", QT_TRANSLATE_NOOP("Sheet", "Reason for keeping the deleted information")},
        {"keepUntil", QT_TRANSLATE_NOOP("Sheet", "Until when the deleted information is kept")},
    }};
    for (const auto& [word, name] : kFields) {
        if (word == field) {
            return QCoreApplication::translate("Sheet", name);
        }
    }
    return fromUtf8(field);
}

QString subjectName(std::int64_t number) {
    return QStringLiteral("P-%1").arg(number, 4, 10, QLatin1Char('0'));
}

QString number(std::int64_t value) {
    return QLocale().toString(static_cast<qlonglong>(value));
}

QString dateTime(base::TimeMs time) {
    return QDateTime::fromMSecsSinceEpoch(time).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString bytes(std::uint64_t size) {
    return QLocale().formattedDataSize(static_cast<qint64>(size), 1, QLocale::DataSizeSIFormat);
}

QString remaining(int seconds) {
    if (seconds < 0) {
        return {};
    }
    const int hours = seconds / 3600;
    const QString minutes = QStringLiteral("%1:%2")
                                .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
                                .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return hours > 0 ? QStringLiteral("%1:%2").arg(hours).arg(minutes) : minutes;
}

QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace kamei::ui::text
