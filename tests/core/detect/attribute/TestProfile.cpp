#include <QtTest>

#include <string>

#include "core/base/Resources.h"
#include "core/detect/attribute/Profile.h"
#include "core/intake/dicom/Dictionary.h"

using namespace kamei;
using namespace kamei::detect::attribute;
using model::Action;
namespace vr = intake::dicom::vr;

namespace {

constexpr std::string_view kCt = "1.2.840.10008.5.1.4.1.1.2";

model::Policy policyOf(std::string_view name, std::initializer_list<const char*> options = {}) {
    model::Policy out;
    out.name = name;
    for (const char* option : options) {
        out.options.insert(option);
    }
    return out;
}

model::Policy guidelinePolicy() {
    return policyOf("guideline-2024", {"clean-pixel-data", "clean-visual-features", "clean-graphics",
                                       "clean-structured-content", "clean-descriptors", "modified-dates",
                                       "patient-characteristics", "device-identity", "safe-private"});
}

Verdict judge(const model::Policy& policy, Tag tag, Tag parent = 0, bool strict = false,
              std::string_view sopClass = kCt) {
    const auto* entry = intake::dicom::Dictionary::shared().find(tag);
    return Profile::make(policy)->judge(tag, entry == nullptr ? vr::LO : entry->vr, parent, strict, sopClass);
}

QString actionOf(const Verdict& verdict) {
    const auto text = model::word(verdict.action);
    QString out = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    if (verdict.action == Action::Delete) {
        out += verdict.form == Form::Remove ? ":remove" : verdict.form == Form::Empty ? ":empty" : ":dummy";
    }
    return verdict.descend ? out + "+items" : out;
}

} // namespace

class TestProfile : public QObject {
    Q_OBJECT

private slots:
    /// Every row of Table E.1-1 under the profile without options: nothing that it names stays as it is.
    void basicProfile_data() {
        QTest::addColumn<uint>("tag");
        QTest::addColumn<QString>("code");
        const auto text = base::readResource("dicom/confidentiality.tsv");
        QVERIFY(text.has_value());
        for (const QString& line : QString::fromStdString(*text).split('\n', Qt::SkipEmptyParts)) {
            const QStringList fields = line.split('\t');
            bool hex = false;
            const uint tag =
                QString(fields[0]).replace("50xxxxxx", "50003000").replace('x', '0').toUInt(&hex, 16);
            if (!line.startsWith('#') && fields[0].size() == 8 && hex) {
                QTest::newRow(qPrintable(fields[0] + ' ' + fields.last())) << tag << fields[1];
            }
        }
    }
    void basicProfile() {
        QFETCH(uint, tag);
        QFETCH(QString, code);
        const Verdict verdict = judge(policyOf("dicom-basic"), tag);
        if (tag < 0x00020000 || tag == 0xFFFCFFFC) {
            QCOMPARE(actionOf(verdict),
                     QString("delete:remove")); // commands and padding are no part of the output
            return;
        }
        QVERIFY(verdict.listed);
        const auto* entry = intake::dicom::Dictionary::shared().find(tag);
        const bool sequence = entry != nullptr && entry->vr == vr::SQ;
        if (verdict.rule.starts_with("dicom.patient-") || code == "X/Z/U*") {
            return; // rows of their own below
        }
        if (code == "X") {
            QCOMPARE(actionOf(verdict), QString("delete:remove"));
        } else if (code == "Z") {
            QCOMPARE(actionOf(verdict), QString("delete:empty"));
        } else if (code == "U") {
            QCOMPARE(actionOf(verdict), QString("replace"));
        } else if (code == "D") {
            QCOMPARE(actionOf(verdict), QString(sequence ? "keep+items" : "delete:dummy"));
            QCOMPARE(verdict.strict, sequence);
        } else {
            QVERIFY(verdict.action == Action::Delete || verdict.strict);
        }
    }
    void conditionalActions_data() {
        QTest::addColumn<uint>("tag");
        QTest::addColumn<QByteArray>("sopClass");
        QTest::addColumn<QString>("expected");
        const QByteArray ct("1.2.840.10008.5.1.4.1.1.2");
        const QByteArray enhanced("1.2.840.10008.5.1.4.1.1.2.1");
        const QByteArray pet("1.2.840.10008.5.1.4.1.1.128");
        QTest::newRow("Series Date, type 3 in CT") << 0x00080021U << ct << "delete:remove";
        QTest::newRow("Series Date, type 1 in PET") << 0x00080021U << pet << "delete:dummy";
        QTest::newRow("Content Date, type 2C in CT") << 0x00080023U << ct << "delete:empty";
        QTest::newRow("Content Date, type 1 in enhanced CT") << 0x00080023U << enhanced << "delete:dummy";
        QTest::newRow("Device Serial Number, type 3 in CT") << 0x00181000U << ct << "delete:remove";
        QTest::newRow("Device Serial Number, type 1 in enhanced CT")
            << 0x00181000U << enhanced << "delete:dummy";
        QTest::newRow("Acquisition Date, type 2 in PET") << 0x00080022U << pet << "delete:empty";
        QTest::newRow("unknown SOP class: a dummy, never nothing")
            << 0x00181000U << QByteArray("1.2.3") << "delete:dummy";
    }
    void conditionalActions() {
        QFETCH(uint, tag);
        QFETCH(QByteArray, sopClass);
        QFETCH(QString, expected);
        QCOMPARE(actionOf(judge(policyOf("dicom-basic"), tag, 0, false, sopClass.toStdString())), expected);
    }
    void options_data() {
        QTest::addColumn<uint>("tag");
        QTest::addColumn<QByteArray>("option");
        QTest::addColumn<QString>("expected");
        QTest::newRow("Study Date, full dates") << 0x00080020U << QByteArray("full-dates") << "keep";
        QTest::newRow("Study Date, modified dates") << 0x00080020U << QByteArray("modified-dates") << "shift";
        QTest::newRow("Study Time, modified dates") << 0x00080030U << QByteArray("modified-dates") << "keep";
        QTest::newRow("Acquisition DateTime, modified dates")
            << 0x0008002AU << QByteArray("modified-dates") << "shift";
        QTest::newRow("Study Description, clean descriptors")
            << 0x00081030U << QByteArray("clean-descriptors") << "clean";
        QTest::newRow("Patient's Sex, patient characteristics")
            << 0x00100040U << QByteArray("patient-characteristics") << "keep";
        QTest::newRow("Station Name, device identity")
            << 0x00081010U << QByteArray("device-identity") << "keep";
        QTest::newRow("Study Instance UID, UIDs") << 0x0020000DU << QByteArray("uids") << "keep";
        QTest::newRow("Institution Name, institution identity")
            << 0x00080080U << QByteArray("institution-identity") << "keep";
        QTest::newRow("Content Sequence, clean structured content")
            << 0x0040A730U << QByteArray("clean-structured-content") << "keep+items";
        QTest::newRow("Graphic Annotation Sequence, clean graphics")
            << 0x00700001U << QByteArray("clean-graphics") << "keep+items";
        QTest::newRow("Overlay Data, clean graphics: a person decides")
            << 0x60003000U << QByteArray("clean-graphics") << "delete:remove";
        QTest::newRow("Overlay Comments in a second group")
            << 0x60024000U << QByteArray("clean-graphics") << "clean";
        QTest::newRow("an option that says nothing of it")
            << 0x00101040U << QByteArray("device-identity") << "delete:remove";
    }
    void options() {
        QFETCH(uint, tag);
        QFETCH(QByteArray, option);
        QFETCH(QString, expected);
        QCOMPARE(actionOf(judge(policyOf("dicom-basic", {option.constData()}), tag)), expected);
    }
    void fullAndModifiedDatesTogetherHideMore() {
        QCOMPARE(actionOf(judge(policyOf("dicom-basic", {"full-dates", "modified-dates"}), 0x00080020)),
                 QString("shift"));
    }
    /// The guideline's own table (5.4.2), on top of the profile.
    void guidelineRows_data() {
        QTest::addColumn<uint>("tag");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("requirement");
        QTest::newRow("dicom.patient-id") << 0x00100020U << "replace"
                                          << "recommended";
        QTest::newRow("dicom.patient-name") << 0x00100010U << "replace"
                                            << "required";
        QTest::newRow("dicom.patient-birth-date") << 0x00100030U << "generalise"
                                                  << "recommended";
        QTest::newRow("dicom.patient-age") << 0x00101010U << "top-code"
                                           << "none";
        QTest::newRow("dicom.patient-sex") << 0x00100040U << "keep"
                                           << "none";
        QTest::newRow("dicom.study-date") << 0x00080020U << "shift"
                                          << "recommended";
        QTest::newRow("dicom.accession-number") << 0x00080050U << "delete:empty"
                                                << "conditional";
        QTest::newRow("dicom.study-id") << 0x00200010U << "delete:empty"
                                        << "conditional";
        QTest::newRow("dicom.study-description") << 0x00081030U << "clean"
                                                 << "none";
        QTest::newRow("dicom.patient-comments") << 0x00104000U << "clean"
                                                << "recommended";
        QTest::newRow("dicom.study-comments") << 0x00324000U << "clean"
                                              << "recommended";
        QTest::newRow("dicom.acquisition-comments") << 0x00184000U << "clean"
                                                    << "recommended";
        QTest::newRow("dicom.institution-name") << 0x00080080U << "delete:remove"
                                                << "recommended";
        QTest::newRow("dicom.referring-physician-name") << 0x00080090U << "delete:empty"
                                                        << "required";
        QTest::newRow("dicom.referring-physician-address") << 0x00080092U << "delete:remove"
                                                           << "required";
        QTest::newRow("dicom.referring-physician-telephone-numbers") << 0x00080094U << "delete:remove"
                                                                     << "recommended";
        QTest::newRow("dicom.station-name") << 0x00081010U << "keep"
                                            << "none";
        QTest::newRow("dicom.performing-physician-name") << 0x00081050U << "delete:remove"
                                                         << "required";
        QTest::newRow("dicom.name-of-physician-reading-study") << 0x00081060U << "delete:remove"
                                                               << "required";
        QTest::newRow("dicom.operators-name") << 0x00081070U << "delete:remove"
                                              << "required";
        QTest::newRow("dicom.study-instance-uid") << 0x0020000DU << "replace"
                                                  << "conditional";
        QTest::newRow("dicom.sop-instance-uid") << 0x00080018U << "replace"
                                                << "conditional";
    }
    void guidelineRows() {
        QFETCH(uint, tag);
        QFETCH(QString, expected);
        QFETCH(QString, requirement);
        const Verdict verdict = judge(guidelinePolicy(), tag);
        QCOMPARE(actionOf(verdict), expected);
        const auto word = model::word(verdict.grade.requirement);
        QCOMPARE(QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())), requirement);
        QCOMPARE(QString::fromStdString(verdict.rule), QString(QTest::currentDataTag()));
    }
    void everyDicomRuleOfTheGuidelineHasAnAction() {
        const auto rules = guideline::RuleTable::load();
        const auto tables = ProfileTables::shared();
        int dicom = 0;
        for (const auto& rule : rules->rules()) {
            if (rule.dataType == "dicom") {
                ++dicom;
                QVERIFY2((*tables)->guidelineAction(rule.id) != nullptr, rule.id.c_str());
            }
        }
        QVERIFY(dicom > 20); // the word for DICOM in the table is still the one that is asked for
    }
    void requiredOnlyTouchesNothingElse() {
        const model::Policy policy = policyOf("guideline-2024-required");
        QVERIFY(judge(policy, 0x00100010).action == Action::Replace);
        QVERIFY(judge(policy, 0x00081070).action == Action::Delete);
        QVERIFY(judge(policy, 0x00101001).action == Action::Delete);
        QVERIFY(judge(policy, 0x00100020).action == Action::Keep);
        QVERIFY(judge(policy, 0x0020000D).action == Action::Keep);
        QVERIFY(judge(policy, 0x00080020).action == Action::Keep);
    }
    void unlistedAttributes_data() {
        QTest::addColumn<uint>("tag");
        QTest::addColumn<bool>("strict");
        QTest::addColumn<QString>("expected");
        QTest::newRow("Rows") << 0x00280010U << false << "keep";
        QTest::newRow("SOP Class UID") << 0x00080016U << false << "keep";
        QTest::newRow("a UID that no table names") << 0x00181002U << false << "replace";
        QTest::newRow("a name that no table names") << 0x00142006U << false << "delete:dummy";
        QTest::newRow("a date that no table names") << 0x00141020U << false << "delete:dummy";
        QTest::newRow("a network address") << 0x00081190U << false << "delete:dummy";
        QTest::newRow("unknown in this edition") << 0x0008FFFEU << false << "delete:remove";
        QTest::newRow("group length") << 0x00080000U << false << "delete:remove";
        QTest::newRow("trailing padding") << 0xFFFCFFFCU << false << "delete:remove";
        QTest::newRow("text in a dummy sequence") << 0x0040DB00U << true << "keep";
        QTest::newRow("free text in a dummy sequence") << 0x0040A160U << true << "delete:dummy";
    }
    void unlistedAttributes() {
        QFETCH(uint, tag);
        QFETCH(bool, strict);
        QFETCH(QString, expected);
        QCOMPARE(actionOf(judge(policyOf("dicom-basic"), tag, strict ? 0x0040A730 : 0, strict)), expected);
    }
    void privateAttributes() {
        const Profile kept = *Profile::make(guidelinePolicy());
        const Profile removed = *Profile::make(policyOf("dicom-basic"));
        QVERIFY(kept.judgePrivate("SIEMENS MR HEADER", 0x0019100C, vr::IS).action == Action::Keep);
        QVERIFY(kept.judgePrivate("SIEMENS MR HEADER", 0x0019110C, vr::IS).action ==
                Action::Keep); // another block
        QVERIFY(kept.judgePrivate("SOMEBODY ELSE", 0x0019100C, vr::IS).action == Action::Delete);
        QVERIFY(kept.judgePrivate("", 0x0019100C, vr::IS).action == Action::Delete);
        QVERIFY(removed.judgePrivate("SIEMENS MR HEADER", 0x0019100C, vr::IS).action == Action::Delete);
    }
    void siteRulesOverride() {
        model::Policy policy = guidelinePolicy();
        policy.overrides["dicom.station-name"] = {Action::Delete, "device is unique in the region"};
        QVERIFY(judge(policy, 0x00081010).action == Action::Delete);
    }
};

QTEST_APPLESS_MAIN(TestProfile)
#include "TestProfile.moc"
