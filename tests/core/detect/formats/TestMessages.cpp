#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/FileIo.h"
#include "core/detect/Detector.h"
#include "core/intake/Format.h"
#include "core/intake/encoding/Encoding.h"
#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/TextSource.h"
#include "core/stage/ResidualSearch.h"
#include "core/transform/Transform.h"

using namespace kamei;
using intake::encoding::Encoding;

namespace {

/// Where an identifier is planted: a field of a message, or an element of a resource, with the value that
/// must be gone.
struct Planted {
    const char* place;
    const char* value;
};

// One in every field that identifies (HL7 v2.5 chapters 3, 4, 6, 7). Fictional people.
const std::vector<Planted> kHl7{{"MSH-4", "みなと橋総合病院"},
                                {"PID-2", "ZID02"},
                                {"PID-3", "00458812"},
                                {"PID-4", "ZID04"},
                                {"PID-5.1", "瀬戸内"},
                                {"PID-5.2", "結子"},
                                {"PID-6", "旧姓鴨志田"},
                                {"PID-7", "19580802"},
                                {"PID-9", "別名柚木"},
                                {"PID-10", "ZRACE"},
                                {"PID-11.8", "築地九十九番"},
                                {"PID-11.5", "104-0045"},
                                {"PID-13", "03-0123-4567"},
                                {"PID-14", "03-0987-6543"},
                                {"PID-16", "ZMAR"},
                                {"PID-17", "ZREL"},
                                {"PID-18", "ZACC18"},
                                {"PID-19", "123456789018"},
                                {"PID-20", "301234567890"},
                                {"PID-23", "出生地浜"},
                                {"PID-28", "ZNAT"},
                                {"NK1-2.1", "瀬戸内"},
                                {"NK1-2.2", "拓海"},
                                {"NK1-4.1", "家族の住所十番"},
                                {"NK1-5", "090-0123-4567"},
                                {"NK1-16", "19850302"},
                                {"NK1-33", "ZNK33"},
                                {"PV1-3.2", "R0815"},
                                {"PV1-7.1", "D70001"},
                                {"PV1-7.2", "和泉"},
                                {"PV1-8.2", "佐久間"},
                                {"PV1-9.2", "三津屋"},
                                {"PV1-17.2", "鳥海"},
                                {"PV1-19", "ZVISIT19"},
                                {"PV1-50", "ZALT50"},
                                {"IN1-3", "06130012"},
                                {"IN1-10", "記号12"},
                                {"IN1-16.1", "被保険者名"},
                                {"IN1-36", "98765432"},
                                {"GT1-3.1", "保証人名"},
                                {"GT1-5.1", "保証人の住所"},
                                {"GT1-6", "03-1111-2222"},
                                {"GT1-19", "ZSSN19"},
                                {"ORC-2", "ZPLACER"},
                                {"ORC-12.2", "依頼医名"},
                                {"ORC-14", "03-3333-4444"},
                                {"ORC-21", "発注施設名"},
                                {"ORC-24.1", "医師の住所"},
                                {"OBR-10.2", "採取者名"},
                                {"OBR-16.2", "紹介医名"},
                                {"OBR-18", "ZX3472"},
                                {"OBR-32.1", "読影医名"},
                                {"OBX-16.2", "責任者名"},
                                {"OBX-23", "実施施設名"},
                                {"SPM-2", "ZSPEC02"},
                                {"MRG-1", "00311111"},
                                {"DG1-16.2", "診断医名"},
                                {"PR1-8.2", "麻酔医名"},
                                {"TXA-9.2", "記載者名"},
                                {"RXA-10.2", "投与者名"},
                                {"ZPI-1", "独自の値"},
                                {"PID-60", "定義のない欄"}};

/// A message with the planted values in their places.
std::string messageOf(const std::vector<Planted>& planted, const std::string& set) {
    std::map<std::string, std::map<int, std::map<int, std::string>>> fields;
    std::vector<std::string> order{"MSH"};
    const auto put = [&](const std::string& segment, int field, int component, const std::string& value) {
        if (std::find(order.begin(), order.end(), segment) == order.end()) {
            order.push_back(segment);
        }
        fields[segment][field][component] = value;
    };
    put("MSH", 9, 1, "ADT^A08");
    put("MSH", 12, 1, "2.5");
    put("MSH", 18, 1, set);
    for (const Planted& one : planted) {
        const std::string place = one.place;
        const std::size_t dot = place.find('.');
        const int field = std::stoi(place.substr(4, dot == std::string::npos ? dot : dot - 4));
        put(place.substr(0, 3), field, dot == std::string::npos ? 1 : std::stoi(place.substr(dot + 1)),
            one.value);
    }
    put("OBX", 2, 1, "NM");
    put("OBX", 3, 1, "3B035^CRP^JC10");
    put("OBX", 5, 1, "0.31");
    put("NTE", 3, 1, "瀬戸内さんの長男 拓海さんへ説明。カルテ 00458812");
    std::string out;
    for (const std::string& name : order) {
        const bool header = name == "MSH";
        std::string line = header ? "MSH|^~\\&" : name;
        int at = header ? 2 : 0;
        for (const auto& [field, components] : fields[name]) {
            line += std::string(static_cast<std::size_t>(field - at), '|');
            at = field;
            int before = 1;
            for (const auto& [component, value] : components) {
                line += std::string(static_cast<std::size_t>(component - before), '^') + value;
                before = component;
            }
        }
        out += line + '\r';
    }
    return out;
}

/// Text in which every character beyond ASCII is written as an escape.
std::string escaped(const std::string& utf8, bool json) {
    std::string out;
    for (const char32_t c : intake::encoding::toUtf32(utf8)) {
        if (c < 0x80) {
            out.push_back(static_cast<char>(c));
        } else if (json) {
            out += QString::asprintf("\\u%04x", unsigned(c)).toStdString();
        } else {
            const std::string bytes = intake::encoding::toUtf8(std::u32string(1, c));
            out += "\\X" + QByteArray::fromStdString(bytes).toHex().toUpper().toStdString() + "\\";
        }
    }
    return out;
}

/// Every spelling in which a value could still stand in raw bytes.
std::vector<std::string> bytesOf(const std::string& value) {
    std::vector<std::string> out{value, escaped(value, true), escaped(value, false)};
    for (const Encoding encoding : {Encoding::Cp932, Encoding::EucJp, Encoding::Iso2022Jp}) {
        std::string bytes = *intake::encoding::encode(value, encoding);
        if (encoding == Encoding::Iso2022Jp && bytes != value) {
            bytes =
                bytes.substr(3, bytes.size() - 6); // the escapes at both ends belong to what stands beside it
        }
        out.push_back(bytes);
    }
    return out;
}

const char* const kBundle =
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
    "{\"fullUrl\":\"http://fhir.minato.example/r4/Patient/"
    "pat-458812\",\"resource\":{\"resourceType\":\"Patient\",\"id\":"
    "\"pat-458812\",\"meta\":{\"source\":\"urn:minato:his\"},\"text\":{\"status\":\"generated\",\"div\":\"<"
    "div>患者 瀬戸内 結子 様</div>\"},"
    "\"identifier\":[{\"system\":\"urn:oid:1.2.392.100495.20.3.51.11310123456\",\"value\":\"00458812\"},{"
    "\"system\":"
    "\"http://minato.example/card\",\"value\":\"ZCARD99\"}],\"name\":[{\"extension\":[{\"url\":"
    "\"http://hl7.org/fhir/StructureDefinition/"
    "iso21090-EN-representation\",\"valueCode\":\"IDE\"}],\"family\":\"瀬戸内\","
    "\"given\":[\"結子\"]}],\"telecom\":[{\"system\":\"email\",\"value\":\"yuiko@minato.example\"}],"
    "\"gender\":\"female\","
    "\"birthDate\":\"1958-08-02\",\"address\":[{\"text\":\"東京都中央区築地99-1\",\"postalCode\":\"104-"
    "0045\"}],\"photo\":["
    "{\"contentType\":\"image/"
    "png\",\"data\":\"WlBIT1RP\",\"title\":\"photo\"}],\"contact\":[{\"name\":{\"text\":\"瀬戸内 拓海\"},"
    "\"telecom\":[{\"value\":\"090-0123-4567\"}]}],\"extension\":[{\"url\":\"http://minato.example/"
    "ext\",\"valueString\":"
    "\"ZEXTSECRET\"}],\"ownField\":\"ZOWNFIELD\"}},"
    "{\"fullUrl\":\"http://fhir.minato.example/r4/Observation/"
    "obs1\",\"resource\":{\"resourceType\":\"Observation\",\"id\":\"obs1\","
    "\"subject\":{\"reference\":\"Patient/pat-458812\",\"display\":\"瀬戸内 "
    "結子\"},\"performer\":[{\"reference\":"
    "\"Practitioner/doc7\",\"display\":\"和泉 "
    "誠\"}],\"effectiveDateTime\":\"2024-06-03T09:15:00+09:00\",\"valueQuantity\":"
    "{\"value\":0.310,\"unit\":\"mg/dL\"},\"note\":[{\"text\":\"瀬戸内さん本人へ説明\"}]}},"
    "{\"resource\":{\"resourceType\":\"Practitioner\",\"id\":\"doc7\",\"identifier\":[{\"value\":\"ZLIC777\"}"
    "],\"name\":[{\"text\":"
    "\"和泉 誠\"}]}},"
    "{\"resource\":{\"resourceType\":\"DocumentReference\",\"id\":\"dr1\",\"subject\":{\"reference\":"
    "\"http://fhir.minato.example/r4/Patient/"
    "pat-458812\"},\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"data\":"
    "\"WkJBU0U2NA==\",\"url\":\"http://minato.example/docs/00458812.pdf\"}}]}}]}";

const std::vector<const char*> kBundlePlanted{
    "瀬戸内",     "結子",      "拓海",       "和泉",       "00458812",   "pat-458812",  "minato.example",
    "ZCARD99",    "yuiko",     "1958-08-02", "築地99",     "104-0045",   "WlBIT1RP",    "090-0123-4567",
    "ZEXTSECRET", "ZOWNFIELD", "ZLIC777",    "WkJBU0U2NA", "urn:minato", "11310123456", "2024-06-03"};

class MemorySink final : public transform::ByteSink {
public:
    base::Expected<void> write(std::span<const std::byte> data) override {
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
    std::string bytes;
};

} // namespace

class TestMessages : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        auto rules = guideline::RuleTable::load();
        QVERIFY(rules.has_value());
        m_rules = std::make_unique<guideline::RuleTable>(std::move(*rules));
        m_policy.options = {"modified-dates", "patient-characteristics", "clean-descriptors"};
    }

    void everyIdentifyingFieldOfAMessageIsEmptied_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const char* set, Encoding encoding) {
            QTest::newRow(name) << QByteArray::fromStdString(
                *intake::encoding::encode(messageOf(kHl7, set), encoding));
        };
        row("ISO-2022-JP", "~ISO IR87", Encoding::Iso2022Jp);
        row("UTF-8", "UNICODE UTF-8", Encoding::Utf8);
        row("CP932", "SHIFT_JIS", Encoding::Cp932);
        std::vector<Planted> hidden = kHl7;
        std::vector<std::string> written;
        written.reserve(hidden.size());
        for (Planted& one : hidden) {
            written.push_back(escaped(one.value, false));
            one.value = written.back().c_str();
        }
        QTest::newRow("UTF-8 in \\X..\\ escapes")
            << QByteArray::fromStdString(messageOf(hidden, "UNICODE UTF-8"));
    }
    void everyIdentifyingFieldOfAMessageIsEmptied() {
        QFETCH(QByteArray, bytes);
        const auto [out, found] = run(bytes, "hl7v2");
        for (const Planted& one : kHl7) {
            for (const std::string& spelling : bytesOf(one.value)) {
                QVERIFY2(out.find(spelling) == std::string::npos, one.place);
            }
        }
        QVERIFY(out.find("|3B035^CRP^JC10||0.31") != std::string::npos);
        QVERIFY(out.find(m_pseudonym) != std::string::npos);
        QCOMPARE(std::count(out.begin(), out.end(), '|'),
                 std::count(bytes.begin(), bytes.end(), '|') - barsInLocal(bytes));
        for (const model::Finding& finding : found) {
            QVERIFY2(m_rules->find(finding.rule) != nullptr, finding.rule.c_str());
        }
    }

    void everyIdentifyingElementOfABundleIsGone_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("UTF-8") << QByteArray(kBundle);
        QTest::newRow("everything in \\u escapes") << QByteArray::fromStdString(escaped(kBundle, true));
    }
    void everyIdentifyingElementOfABundleIsGone() {
        QFETCH(QByteArray, bytes);
        const auto [out, found] = run(bytes, "fhir");
        for (const char* const value : kBundlePlanted) {
            for (const std::string& spelling : bytesOf(value)) {
                QVERIFY2(out.find(spelling) == std::string::npos, value);
            }
        }
        QVERIFY(intake::text::TextSource::read(out, "fhir").has_value());
        QVERIFY(out.find("\"value\":0.310,\"unit\":\"mg/dL\"") != std::string::npos);
        QVERIFY(out.find("\"valueCode\":\"IDE\"") != std::string::npos);
        QVERIFY(out.find("\"1958-08-01\"") != std::string::npos);
        const bool ascii =
            std::all_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        QCOMPARE(ascii, bytes.contains("\\u"));
    }

    void referencesStillMeetTheirTargets() {
        const auto [out, found] = run(kBundle, "fhir");
        const auto source = intake::text::TextSource::read(out, "fhir");
        std::map<std::string, std::string> valueAt;
        for (const auto& segment : source->segments()) {
            valueAt.emplace(segment.path, source->content(segment));
        }
        const std::string id = valueAt["Bundle.entry[0].resource.Patient.id"];
        QVERIFY(!id.empty());
        QCOMPARE(valueAt["Bundle.entry[1].resource.Observation.subject.reference"], "Patient/" + id);
        QCOMPARE(valueAt["Bundle.entry[3].resource.DocumentReference.subject.reference"],
                 valueAt["Bundle.entry[0].fullUrl"]);
        QVERIFY(valueAt["Bundle.entry[0].fullUrl"].ends_with(".invalid/Patient/" + id));
        QCOMPARE(valueAt["Bundle.entry[1].resource.Observation.performer[0].reference"],
                 "Practitioner/" + valueAt["Bundle.entry[2].resource.Practitioner.id"]);
        QCOMPARE(valueAt["Bundle.entry[0].resource.Patient.identifier[0].value"], m_pseudonym);
    }

    void datesOfOnePersonMoveByTheSameDays() {
        const QByteArray message =
            "MSH|^~\\&|A||B||20240603||ORU^R01|1|P|2.5\rPID|1||00458812\rOBR|1||||||20240603101500+0900\r"
            "OBX|1|DT|1^x||20240603\rOBX|2|NM|1^x||20240603\r";
        const auto [out, found] = run(message, "hl7v2");
        const std::string day = out.substr(out.find("||B||") + 5, 8);
        QVERIFY(day != "20240603");
        QVERIFY(out.find("OBR|1||||||" + day + "101500+0900\r") != std::string::npos);
        QVERIFY(out.find("OBX|1|DT|1^x||" + day + "\r") != std::string::npos);
        QVERIFY(out.find("OBX|2|NM|1^x||20240603\r") != std::string::npos); // a count
        const QByteArray resource =
            "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/00458812\"},"
            "\"effectiveDateTime\":\"2024-06-03T23:30:00.5+09:00\",\"issued\":\"2024-06-03\"}";
        const auto [json, others] = run(resource, "fhir");
        const std::string dashed = day.substr(0, 4) + '-' + day.substr(4, 2) + '-' + day.substr(6);
        QVERIFY(json.find("\"" + dashed + "T23:30:00.5+09:00\"") != std::string::npos);
        QVERIFY(json.find("\"issued\":\"" + dashed + "\"") != std::string::npos);
    }

    void namesAreTaughtWholeNotInParts() {
        const QByteArray bytes = QByteArray::fromStdString(messageOf(kHl7, "UNICODE UTF-8"));
        run(bytes, "hl7v2");
        std::set<std::string> names;
        for (const model::KnownIdentifier& known : m_known) {
            names.insert(known.kind + ':' + known.value);
        }
        QVERIFY(names.contains("patient-name:瀬戸内^結子"));
        QVERIFY(!names.contains("patient-name:結子"));
        QVERIFY(names.contains("clinician:和泉"));
        QVERIFY(names.contains("patient-id:00458812"));
    }

    void theResidualSearchSeesEscapedNames() {
        const std::vector<model::KnownIdentifier> known{{{}, "patient-name", "瀬戸内^結子", {}, {}}};
        const auto search = stage::ResidualSearch::build(known);
        QVERIFY(search.has_value());
        const std::string json = "{\"a\":\"" + escaped("患者 瀬戸内結子 様", true) + "\"}";
        const auto hits = search->search(std::as_bytes(std::span(json)), stage::Content::Text);
        QCOMPARE(hits.size(), std::size_t(1));
    }

private:
    static std::ptrdiff_t barsInLocal(const QByteArray& bytes) {
        const QByteArray z = bytes.mid(bytes.indexOf("\rZPI|") + 5);
        return z.left(z.indexOf('\r')).count('|');
    }

    /// Everything accepted as suggested.
    std::pair<std::string, std::vector<model::Finding>> run(const QByteArray& bytes, const char* format) {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("source")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("cannot write a test file");
        }
        file.close();
        model::Source source;
        source.path = file.fileName().toStdString();
        source.format = format;
        source.sha256 =
            base::sha256(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        source.stamp = *base::fileStamp(source.path);
        model::Asset asset;
        asset.id = base::AssetId{1};
        asset.subject = base::SubjectId{1};
        asset.kind = model::AssetKind::Document;
        asset.group = source.sha256.hex();
        const std::vector<model::Source> sources{source};
        const detect::Context context{*m_rules, m_policy, {}, {}, {}};
        auto detection = detect::detectorFor(format)->detect(asset, sources, context);
        if (!detection) {
            qFatal("detection failed");
        }
        m_known = detection->known;
        for (model::Finding& finding : detection->findings) {
            finding.state = model::DecisionState::Accepted;
        }
        model::Subject subject;
        subject.id = asset.subject;
        subject.key = "|00458812";
        subject.hint.patientId = "00458812";
        subject.pseudonym = m_pseudonym = m_key.pseudonymId(subject.key);
        const transform::Context target{m_policy, m_key, subject, sources, {}};
        auto compiled = transform::transformFor(format)->compile(asset, detection->findings, target);
        MemorySink sink;
        if (!compiled || !(*compiled)->apply(source, sink)) {
            qFatal("transform failed");
        }
        return {sink.bytes, detection->findings};
    }

    std::unique_ptr<guideline::RuleTable> m_rules;
    model::Policy m_policy;
    transform::pseudonym::Key m_key = transform::pseudonym::Key::random();
    std::string m_pseudonym;
    std::vector<model::KnownIdentifier> m_known;
};

QTEST_GUILESS_MAIN(TestMessages)
#include "TestMessages.moc"
