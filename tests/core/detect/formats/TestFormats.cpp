#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <functional>

#include "core/base/FileIo.h"
#include "core/detect/Detector.h"
#include "core/detect/StructuredRoles.h"
#include "core/intake/Format.h"
#include "core/intake/text/Roles.h"
#include "core/intake/text/TextSource.h"
#include "core/transform/Transform.h"

using namespace kamei;
using Kind = model::Locator::Kind;

namespace {

// A file of the test with what import would have said of it.
struct Given {
    model::Asset asset;
    std::vector<model::Source> sources;
};

} // namespace

class TestFormats : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        auto rules = guideline::RuleTable::load();
        QVERIFY(rules.has_value());
        m_rules = std::make_unique<guideline::RuleTable>(std::move(*rules));
        m_policy.options = {"modified-dates", "patient-characteristics", "clean-descriptors"};
        QVERIFY(m_folder.isValid());
    }

    void everyFormatThatIsReadHasADetectorAndATransform() {
        for (const intake::Format& format : intake::formats()) {
            if (format.supported && format.id != "zip") {
                QVERIFY2(detect::detectorFor(format.id) != nullptr, std::string(format.id).c_str());
                QVERIFY2(transform::transformFor(format.id) != nullptr, std::string(format.id).c_str());
            }
        }
        QVERIFY(detect::detectorFor("unheard-of") == nullptr);
    }

    void plainTextFindingsPointIntoTheFile() {
        const QByteArray text = "患者氏名 瀬川 由紀夫 様 95歳\n生年月日 昭和4年9月14日生\n記載者:森本\n";
        const Given given = write("note.txt", text, "text", true);
        const detect::Detection found = run(given);
        const auto* name = find(found, "PATIENT_NAME");
        QVERIFY(name != nullptr);
        QCOMPARE(name->rule, std::string("clinical-text.patient-name"));
        QCOMPARE(name->requirement, model::Requirement::Required);
        QCOMPARE(name->suggested, model::Action::Delete);
        QVERIFY(sliceMatches(given, *name));
        const auto* birth = find(found, "BIRTH_DATE");
        QVERIFY(birth != nullptr);
        QCOMPARE(birth->suggested, model::Action::Generalise);
        QCOMPARE(QString::fromStdString(birth->replacement), QStringLiteral("昭和4年9月"));
        const auto* age = find(found, "AGE");
        QVERIFY(age != nullptr);
        QCOMPARE(age->suggested, model::Action::TopCode); // 90 and over, policy guideline-2024
        QVERIFY(std::any_of(found.known.begin(), found.known.end(),
                            [](const auto& k) { return k.kind == "patient-name"; }));
    }

    void anUnknownPersonsNoteTeachesNothing() {
        const Given given = write("stray.txt", "患者氏名 瀬川 由紀夫 様\n", "text", false);
        QVERIFY(run(given).known.empty());
    }

    void overridesOfThePolicyDecide() {
        model::Policy policy = m_policy;
        policy.overrides["clinical-text.facility-name"] = {model::Action::Replace, "site rule"};
        const Given given = write("facility.txt", "紹介元 みなと橋循環器クリニック\n", "text", true);
        const detect::Detection found = run(given, {}, &policy);
        const auto* facility = find(found, "FACILITY");
        QVERIFY(facility != nullptr);
        QCOMPARE(facility->suggested, model::Action::Replace);
    }

    void requiredOnlyKeepsTheRest() {
        model::Policy policy;
        policy.name = "guideline-2024-required";
        const Given given = write("required.txt", "2024年6月5日 患者氏名 瀬川 由紀夫 様\n", "text", true);
        const detect::Detection found = run(given, {}, &policy);
        QCOMPARE(find(found, "DATE")->suggested, model::Action::Keep);
        QCOMPARE(find(found, "PATIENT_NAME")->suggested, model::Action::Delete);
    }

    void cdaHeaderIsReadByItsRoles() {
        const QByteArray xml =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\">"
            "<id root=\"1.2.3.4\" extension=\"D-20240605-1\"/><effectiveTime value=\"20240605\"/>"
            "<recordTarget><patientRole><id root=\"1.2.9\" extension=\"00458812\"/><patient>"
            "<name>瀬川 由紀夫</name><birthTime value=\"19290914\"/></patient></patientRole></recordTarget>"
            "<legalAuthenticator><assignedEntity><assignedPerson><name>森本 一</name></assignedPerson>"
            "</assignedEntity></legalAuthenticator><component><structuredBody><component><section><text>"
            "<paragraph>瀬川さんは妻の節子さんと来院</paragraph></text></section></component></"
            "structuredBody>"
            "</component></ClinicalDocument>";
        const Given given = write("report.xml", xml, "cda", true);
        const detect::Detection found = run(given);
        const auto* name = find(found, "PATIENT_NAME");
        QVERIFY(name != nullptr);
        QVERIFY(name->locator.path.find("recordTarget") != std::string::npos);
        QCOMPARE(find(found, "CHART_NO")->suggested, model::Action::Replace);
        QCOMPARE(find(found, "CLINICIAN_NAME")->rule, std::string("clinical-text.approver"));
        QCOMPARE(find(found, "FAMILY_NAME")->text, std::string("節子"));
        QCOMPARE(QString::fromStdString(find(found, "BIRTH_DATE")->replacement), QStringLiteral("19290901"));
        // The surname alone in the narrative is known from the header.
        QVERIFY(std::any_of(found.findings.begin(), found.findings.end(), [](const model::Finding& f) {
            return f.text == "瀬川" && f.origin == model::Origin::Known;
        }));
        for (const model::Finding& finding : found.findings) {
            QVERIFY(sliceMatches(given, finding) || finding.detector == "structure");
            QVERIFY2(m_rules->find(finding.rule) != nullptr, finding.rule.c_str());
        }
    }

    void columnsWithARoleAreOneFindingEach() {
        const QByteArray csv = "患者ID,氏名,生年月日,性別,検査値,所見\n"
                               "1001,瀬川 由紀夫,1929/9/14,男,5.2,瀬川さん 妻の節子さん同席\n"
                               "1002,村瀬 カヨ,1936/1/2,女,4.8,特記なし\n"
                               "1003,戸塚 美月,1987/2/27,女,6.1,森本先生へ返書\n";
        const Given given = write("lab.csv", csv, "csv", false);
        const detect::Detection found = run(given);
        const auto column = [&found](int number) {
            return std::find_if(found.findings.begin(), found.findings.end(),
                                [number](const model::Finding& f) {
                                    return f.locator.kind == Kind::Column && f.locator.column == number;
                                });
        };
        QVERIFY(column(0) != found.findings.end());
        QCOMPARE(column(0)->suggested, model::Action::Replace);
        QCOMPARE(column(1)->suggested, model::Action::Delete);
        QCOMPARE(column(1)->instances, 3);
        QCOMPARE(column(1)->distinctValues, 3);
        QCOMPARE(column(2)->suggested, model::Action::Generalise);
        QVERIFY(column(4) == found.findings.end()); // values of a test say nothing
        QVERIFY(std::any_of(found.findings.begin(), found.findings.end(), [](const model::Finding& f) {
            return f.locator.kind == Kind::Cell && f.text == "節子" && f.locator.row == 1 &&
                   f.locator.column == 5;
        }));
        QVERIFY(found.known.empty()); // of several people nothing is known of one
        for (const model::Finding& finding : found.findings) {
            QVERIFY(finding.locator.kind != Kind::Cell || sliceMatches(given, finding));
        }
    }

    void columnsAreAlsoKnownByTheirValues() {
        const QByteArray csv = "c1,c2\n090-0123-4471,1\n080-0456-7788,2\n070-0135-2468,3\n";
        const detect::Detection found = run(write("plain.csv", csv, "csv", false));
        QCOMPARE(found.findings.size(), 1U);
        QCOMPARE(found.findings[0].locator.kind, Kind::Column);
        QCOMPARE(found.findings[0].label, std::string("PHONE"));
    }

    void columnsWithoutANameMayNumberPeople_data() {
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<bool>("asked");
        QTest::newRow("4.4 chart numbers") << QByteArray("77120034,120\n77120035,118\n77120036,99\n") << true;
        QTest::newRow("with letters") << QByteArray("K-10234,120\nK-20177,118\nK-98120,99\n") << true;
        QTest::newRow("of several visits")
            << QByteArray("77120034,1\n77120034,2\n77120035,1\n77120036,1\n") << true;
        QTest::newRow("counted rows") << QByteArray("1,120.5\n2,118.0\n3,99.1\n") << false;
        QTest::newRow("measured values") << QByteArray("102345.5,1\n99120.25,2\n1201.5,3\n") << false;
        QTest::newRow("one value") << QByteArray("10000,120\n10000,118\n10000,99\n") << false;
        QTest::newRow("named column")
            << QByteArray("count,x\n77120034,120\n77120035,118\n77120036,99\n") << false;
    }
    void columnsWithoutANameMayNumberPeople() {
        QFETCH(QByteArray, csv);
        QFETCH(bool, asked);
        const detect::Detection found = run(write("bare.csv", csv, "csv", false));
        const auto column = std::ranges::find_if(found.findings, [](const model::Finding& one) {
            return one.locator.kind == Kind::Column && one.locator.column == 0;
        });
        QCOMPARE(column != found.findings.end(), asked);
        if (asked) {
            QVERIFY(column->suggested != model::Action::Keep);
        }
    }

    void picturesAskForALook() {
        QImage image(32, 24, QImage::Format_RGB32);
        image.fill(Qt::gray);
        image.setText("Author", "Morimoto");
        image.setText("Comment", "patient 00458812");
        image.setText("ExposureTime", "1/60");
        const QString path = m_folder.filePath("photo.png");
        QVERIFY(image.save(path, "PNG"));
        const detect::Detection found = run(given("photo.png", "png", true));
        for (const char* rule : {"image-content.face-photo", "image-content.burned-in-text"}) {
            const auto row = std::find_if(found.findings.begin(), found.findings.end(),
                                          [rule](const model::Finding& f) { return f.rule == rule; });
            QVERIFY(row != found.findings.end());
            QCOMPARE(row->requirement, model::Requirement::Required);
            QCOMPARE(row->suggested, model::Action::Mask);
            QCOMPARE(row->locator.rect.width, 32);
            QCOMPARE(row->state, model::DecisionState::Open);
        }
        QVERIFY(std::any_of(found.findings.begin(), found.findings.end(), [](const model::Finding& f) {
            return f.locator.kind == Kind::Metadata && f.suggested == model::Action::Delete;
        }));
        QVERIFY(std::none_of(found.findings.begin(), found.findings.end(), [](const model::Finding& f) {
            return f.locator.path.find("ExposureTime") != std::string::npos; // no time of day
        }));
        m_policy.overrides["image-content.face-photo"] = {model::Action::Keep, "animals only"};
        const detect::Detection kept = run(given("photo.png", "png", true));
        m_policy.overrides.clear();
        QVERIFY(std::any_of(kept.findings.begin(), kept.findings.end(), [](const model::Finding& f) {
            return f.rule == "image-content.face-photo" && f.suggested == model::Action::Keep;
        }));
    }

    void partsOfAPictureThatNoRowNamesAreFound() {
        QImage image(32, 24, QImage::Format_RGB888);
        image.fill(Qt::gray);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QVERIFY(image.save(&buffer, "BMP"));
        // Between the header and the pixels, to where bfOffBits at 10 points, anything can stand.
        bytes.insert(54, "Morimoto 00458812   ");
        bytes[10] = static_cast<char>(54 + 20);
        const detect::Detection found = run(write("gap.bmp", bytes, "bmp", true));
        const auto gap = std::find_if(found.findings.begin(), found.findings.end(), [](const auto& f) {
            return f.locator.kind == Kind::Metadata && f.locator.path == "Bmp.Gap";
        });
        QVERIFY(gap != found.findings.end());
        QCOMPARE(gap->label, std::string("PRIVATE"));
        QCOMPARE(gap->suggested, model::Action::Delete);
    }

    void everyRoleOfStructureHasAMeaning() {
        for (const intake::text::Role& role : intake::text::roles()) {
            const auto meaning = detect::meaningOf(role.role, {});
            QVERIFY2(meaning.has_value(), std::string(role.role).c_str());
            // What the text detector has no label for bears the role itself.
            const std::string_view label = role.label == "OTHER" ? std::string_view("OTHER_NO") : role.label;
            QCOMPARE(detect::text::labelWord(meaning->label), label);
            QVERIFY(m_rules->find(meaning->rule.rule) != nullptr);
        }
        QVERIFY(!detect::meaningOf("text", {}));
    }

    void namesOfFilesAreSearched() {
        const std::vector<model::KnownIdentifier> known{{{}, "patient-id", "00458812", {}, {}}};
        const detect::Detection found = run(write("CT_0045-8812.txt", "特記なし\n", "text", true), known);
        QCOMPARE(found.findings.size(), 1U);
        QCOMPARE(found.findings[0].locator.kind, Kind::FileName);
        QCOMPARE(found.findings[0].suggested, model::Action::Delete);
        QCOMPARE(found.findings[0].origin, model::Origin::Known);
    }

    void aMissingFileIsAnError() {
        Given missing = write("gone.txt", "x", "text", true);
        QVERIFY(QFile::remove(m_folder.filePath("gone.txt")));
        const model::Policy policy;
        const detect::Context context{*m_rules, policy, {}, {}, {}};
        QVERIFY(!detect::detectorFor("text")->detect(missing.asset, missing.sources, context).has_value());
    }

private:
    Given given(const char* name, const char* format, bool onePerson) {
        Given out;
        out.asset.subject.value = onePerson ? 1 : 0;
        model::Source source;
        source.path = m_folder.filePath(name).toStdString();
        source.format = format;
        if (const auto stamp = base::fileStamp(source.path)) {
            source.stamp = *stamp;
        }
        out.sources.push_back(source);
        return out;
    }

    Given write(const char* name, const QByteArray& content, const char* format, bool onePerson) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            qFatal("cannot write a test file");
        }
        file.close();
        return given(name, format, onePerson);
    }

    detect::Detection run(const Given& what, const std::vector<model::KnownIdentifier>& known = {},
                          const model::Policy* policy = nullptr) {
        const detect::Context context{*m_rules, policy == nullptr ? m_policy : *policy, known, {}, {}};
        auto found =
            detect::detectorFor(what.sources.front().format)->detect(what.asset, what.sources, context);
        if (!found) {
            qWarning("detection failed: %s %s", std::string(base::errorWord(found.error().code)).c_str(),
                     found.error().place.c_str());
            return {};
        }
        return std::move(*found);
    }

    static const model::Finding* find(const detect::Detection& found, std::string_view label) {
        const auto row = std::find_if(found.findings.begin(), found.findings.end(),
                                      [label](const model::Finding& f) { return f.label == label; });
        return row == found.findings.end() ? nullptr : &*row;
    }

    static bool sliceMatches(const Given& given, const model::Finding& finding) {
        auto content = intake::readContent(given.sources.front());
        auto source = content
                          ? intake::text::TextSource::read(std::move(*content), given.sources.front().format)
                          : base::Expected<intake::text::TextSource>(tl::unexpected(content.error()));
        return source && source->slice(finding.locator.start, finding.locator.end) == finding.text;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<guideline::RuleTable> m_rules;
    model::Policy m_policy;
};

QTEST_APPLESS_MAIN(TestFormats)
#include "TestFormats.moc"
