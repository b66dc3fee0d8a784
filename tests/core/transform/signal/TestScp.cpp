#include <QTest>

#include "core/intake/Shown.h"
#include "core/intake/encoding/Encoding.h"
#include "core/intake/signal/Page.h"
#include "tests/core/transform/RecordBench.h"
#include "tests/core/transform/signal/Recordings.h"
#include "tests/core/transform/signal/ScpBytes.h"

using namespace kamei;
using namespace std::string_literals;
using base::ErrorCode;
using test::deleteAll;
using test::keepAll;
using test::RecordBench;
using test::ScpBytes;

namespace {

std::size_t number(const std::string& bytes, std::size_t at, std::size_t size) {
    std::size_t out = 0;
    for (std::size_t i = size; i-- > 0;) {
        out = (out << 8) | static_cast<std::uint8_t>(bytes[at + i]);
    }
    return out;
}

/// A section by the pointers of section 0, as a reader of the standard goes; its checksum is looked at.
std::string section(const std::string& bytes, std::size_t id) {
    for (std::size_t at = 22; at < 6 + number(bytes, 10, 4); at += 10) {
        if (number(bytes, at, 2) == id && number(bytes, at + 2, 4) > 0) {
            const std::string out = bytes.substr(number(bytes, at + 6, 4) - 1, number(bytes, at + 2, 4));
            return number(out, 0, 2) == test::ccitt(out.substr(2)) ? out : "wrong checksum";
        }
    }
    return {};
}
std::string tag(const std::string& bytes, std::size_t wanted) {
    const std::string all = section(bytes, 1);
    for (std::size_t at = 16; at + 3 <= all.size(); at += 3 + number(all, at + 1, 2)) {
        if (number(all, at, 1) == wanted) {
            return all.substr(at + 3, number(all, at + 1, 2));
        }
    }
    return "none";
}
bool isWhole(const std::string& bytes) {
    return number(bytes, 0, 2) == test::ccitt(bytes.substr(2)) && number(bytes, 2, 4) == bytes.size();
}
std::string padded(std::string text, std::size_t size) {
    text.resize(size, '\0');
    return text;
}

} // namespace

class TestScp : public QObject {
    Q_OBJECT

private slots:
    void rules_data() {
        test::addRuleColumns();
        const auto row = test::addRule;
        using model::Action;
        row("chart number", "physiology.chart-number", "patient/code", "0045881200-000-00", Action::Replace);
        row("last name", "physiology.patient-name", "patient/last-name", "Yamada", Action::Delete);
        row("first name", "physiology.patient-name", "patient/first-name", "Taro", Action::Delete);
        row("second last name", "physiology.patient-name", "patient/second-last-name", "Kuroda",
            Action::Delete);
        row("birth date", "physiology.birth-date", "patient/birthdate", "1969-06-30", Action::Generalise);
        row("sex", "physiology.sex", "patient/sex", "M", Action::Keep);
        row("age", "physiology.age", "patient/age", "52", Action::Keep);
        row("examination date", "physiology.examination-date", "start/date", "2021-12-12", Action::Shift);
        row("date of the report", "physiology.examination-date", "report/date", "2021-12-13", Action::Shift);
        row("institution", "physiology.facility-id", "recording/institution", "Minato Clinic",
            Action::Delete);
        row("institution number", "physiology.facility-id", "device/institution", "77", Action::Delete);
        row("department", "physiology.facility-id", "recording/department", "Cardiology West",
            Action::Delete);
        row("referring physician", "physiology.clinician-name", "recording/referring-physician",
            "Morimoto Hajime", Action::Delete);
        row("confirming physician", "physiology.clinician-name", "recording/confirming-physician",
            "Sakurai Ken", Action::Delete);
        row("technician", "physiology.clinician-name", "recording/technician", "Nagano Emi", Action::Delete);
        row("room", "physiology.facility-id", "recording/room", "Room 12", Action::Delete);
        row("sequence number", "physiology.device-id", "recording/sequence", "ECG-2021-77", Action::Delete);
        row("device, option device-identity", "physiology.device-id", "device/number", "4711", Action::Keep);
        row("fail closed: race", "physiology.patient-name", "patient/race", "3", Action::Delete);
        row("fail closed: tag of the maker", "physiology.facility-id", "reserved",
            "16 bytes ward note Yamada", Action::Delete);
        row("fail closed: section of the maker", "physiology.facility-id", "section",
            "20 bytes typed by Sakurai", Action::Delete);
    }
    void rules() {
        QFETCH(QString, rule);
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(int, action);
        const auto out = m_bench.run(ScpBytes{}.bytes(), "scp");
        QVERIFY(!out.error);
        const auto* finding = out.find(rule.toStdString(), path.toStdString());
        QVERIFY(finding != nullptr);
        QCOMPARE(QString::fromStdString(finding->text), text);
        QCOMPARE(int(finding->suggested), action);
        QVERIFY(m_bench.rules().find(finding->rule) != nullptr);
        QCOMPARE(out.extension, "scp"s);
    }

    void describesThePerson() {
        const auto out = m_bench.run(ScpBytes{}.bytes(), "scp");
        QCOMPARE(out.description.kind, model::AssetKind::Signal);
        QCOMPARE(out.description.subject.patientId, "0045881200-000-00"s);
        QCOMPARE(out.description.subject.names, std::vector{"Yamada Taro Kuroda"s});
        QCOMPARE(out.description.subject.birthDate, "19690630"s);
        QCOMPARE(out.description.subject.sex, "M"s);
        QVERIFY(m_bench.run(ScpBytes{.tags = {}}.bytes(), "scp").description.subject.empty());
    }

    void writesInPlace() {
        const std::string before = ScpBytes{}.bytes();
        QVERIFY(isWhole(before));
        const auto out = m_bench.run(before, "scp");
        QVERIFY(!out.error);
        QCOMPARE(out.bytes.size(), before.size());
        QVERIFY(isWhole(out.bytes));
        for (const char* gone :
             {"0045881200", "Yamada", "Taro", "Kuroda", "Minato", "Cardiology", "Morimoto", "Sakurai",
              "Nagano", "Room 12", "ECG-2021-77", "\xB1\x07\x06\x1E", "\xE5\x07\x0C\x0C"}) {
            QVERIFY2(out.bytes.find(gone) == std::string::npos, gone);
        }
        QCOMPARE(tag(out.bytes, 2), padded(m_bench.subject().pseudonym, 18));
        QCOMPARE(tag(out.bytes, 0), std::string(7, '\0'));
        QCOMPARE(tag(out.bytes, 5), ScpBytes::day(1969, 6, 1));
        QCOMPARE(tag(out.bytes, 8), "\1"s);
        QCOMPARE(tag(out.bytes, 26), "\x14\x0A\x05"s);
        QCOMPARE(tag(out.bytes, 27), tag(before, 27));
        QCOMPARE(tag(out.bytes, 10), tag(before, 10));
        QCOMPARE(tag(out.bytes, 35), tag(before, 35));
        QVERIFY(tag(out.bytes, 14).find("SN-889911") != std::string::npos);
        for (const std::size_t id : {0, 3, 6}) {
            QCOMPARE(section(out.bytes, id), section(before, id));
        }
        QCOMPARE(section(out.bytes, 9).substr(16), std::string(20, '\0'));
        QVERIFY(section(out.bytes, 8).find("Sinus rhythm") != std::string::npos);
        QVERIFY(section(out.bytes, 11).find("Normal ECG") != std::string::npos);
        // Both dates moved by the same days.
        const std::string report = section(out.bytes, 8).substr(17, 4);
        const auto read = [](const std::string& day) {
            return int(number(day, 0, 2)) * 372 + day[2] * 31 + day[3];
        };
        QVERIFY(read(report) > read(tag(out.bytes, 25)));
    }

    void withoutDeviceIdentityTheDeviceGoes() {
        RecordBench bench;
        bench.policy().options = {"modified-dates"};
        const auto out = bench.run(ScpBytes{}.bytes(), "scp");
        QVERIFY(!out.error);
        QVERIFY(out.bytes.find("SN-889911") == std::string::npos);
        QCOMPARE(number(tag(out.bytes, 14), 4, 2), std::size_t(0));
        // The strings stay where they are, each with its zero.
        QCOMPARE(tag(out.bytes, 14).size(), ScpBytes::device("SN-889911").size());
    }

    void untouchedIsTheSameFile() {
        const std::string before = ScpBytes{}.bytes();
        const auto out = m_bench.run(before, "scp", true, keepAll);
        QVERIFY(!out.error);
        QVERIFY(out.bytes == before);
    }

    void deletedDatesBecomeUnknown() {
        const auto out = m_bench.run(ScpBytes{}.bytes(), "scp", true, deleteAll);
        QVERIFY(!out.error);
        QVERIFY(isWhole(out.bytes));
        QCOMPARE(tag(out.bytes, 5), std::string(4, '\0'));
        QCOMPARE(tag(out.bytes, 25), std::string(4, '\0'));
        QCOMPARE(tag(out.bytes, 26), std::string(3, '\0'));
        QCOMPARE(tag(out.bytes, 4), "\0\0\1"s);
        QCOMPARE(section(out.bytes, 8).substr(17, 7), std::string(7, '\0'));
    }

    /// Every part replaced: same length, right checksums, no old value, samples as they were.
    void everyPart_data() { test::addReplacements("\x01\x02\x03\xC2\xA0"); }
    void everyPart() {
        QFETCH(QByteArray, value);
        const std::string before = ScpBytes{}.bytes();
        const std::string out = test::replaceEveryPart(before, "scp-ecg", value);
        QVERIFY(!QTest::currentTestFailed());
        QVERIFY(isWhole(out));
        QVERIFY(out.find("SN-889911") == std::string::npos);
        for (const std::size_t id : {0, 3, 6}) {
            QCOMPARE(section(out, id), section(before, id));
        }
    }

    void encodings_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, intake::encoding::Encoding encoding) {
            QTest::newRow(name) << QByteArray::fromStdString(*intake::encoding::encode("山田太郎", encoding));
        };
        row("utf-8", intake::encoding::Encoding::Utf8);
        row("cp932, as devices in Japan write", intake::encoding::Encoding::Cp932);
        row("iso-2022-jp", intake::encoding::Encoding::Iso2022Jp);
    }
    void encodings() {
        QFETCH(QByteArray, bytes);
        ScpBytes source;
        source.tags = {{0, ScpBytes::text(bytes.toStdString())},
                       {30, ScpBytes::text(bytes.toStdString() + " 110")}};
        const auto out = m_bench.run(source.bytes(), "scp");
        QVERIFY(!out.error);
        QCOMPARE(out.description.subject.names, std::vector{"山田太郎"s});
        QVERIFY(out.bytes.find(bytes.toStdString()) == std::string::npos);
        QVERIFY(tag(out.bytes, 30).find("110") != std::string::npos);
    }

    void wordsOfNoKnownEncodingGo() {
        ScpBytes source;
        source.tags = {{30, ScpBytes::text("M\xFFller \x80\xFF")}};
        const auto out = m_bench.run(source.bytes(), "scp");
        QVERIFY(!out.error);
        QVERIFY(out.find("physiology.facility-id", "recording/remark") != nullptr);
        QVERIFY(out.bytes.find("ller") == std::string::npos);
        ScpBytes latin;
        std::string device = ScpBytes::device("SN");
        device[16] = '\1'; // ISO 8859-1, it says
        latin.tags = {{14, device},
                      {30, ScpBytes::text("gr\xF6\xDF"
                                          "er")}};
        const auto kept = m_bench.run(latin.bytes(), "scp");
        QVERIFY(!kept.error);
        QVERIFY(kept.bytes.find("gr\xF6\xDF") != std::string::npos);
    }

    void whatStandsBehindATextIsSeen() {
        ScpBytes source;
        source.tags = {{2, "77\0kuwabara\0"s}, {5, "1969 Yamada"}};
        const auto out = m_bench.run(source.bytes(), "scp");
        QVERIFY(!out.error);
        QCOMPARE(out.description.subject.patientId, "77"s);
        QVERIFY(out.bytes.find("kuwabara") == std::string::npos);
        QVERIFY(out.bytes.find("Yamada") == std::string::npos); // a date of eleven bytes is none
    }

    void brokenStatementsAreOfTheMaker() {
        ScpBytes source;
        source.others = {{8, ScpBytes::report({"ab"}) + "Yamada of ward 5"}};
        const auto out = m_bench.run(source.bytes(), "scp");
        QVERIFY(!out.error);
        QVERIFY(out.bytes.find("Yamada") == std::string::npos);
        QVERIFY(isWhole(out.bytes));
    }

    void badInput_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto add = [](const char* name, const std::string& bytes, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << int(code);
        };
        const auto row = [&](const char* name, const ScpBytes& scp, ErrorCode code) {
            add(name, scp.bytes(), code);
        };
        const std::string whole = ScpBytes{}.bytes();
        add("cut in section 0", whole.substr(0, 60), ErrorCode::Truncated);
        add("cut in a section", whole.substr(0, whole.size() - 9), ErrorCode::Truncated);
        row("bytes behind the record", ScpBytes{.behind = "Yamada"}, ErrorCode::Malformed);
        row("words between sections", ScpBytes{.gap = "Yamada"}, ErrorCode::Malformed);
        row("pointers one off", ScpBytes{.pointerOffset = 1}, ErrorCode::Truncated);
        row("pointers before the sections", ScpBytes{.pointerOffset = -1}, ErrorCode::Malformed);
        row("pointers beyond the end", ScpBytes{.pointerOffset = 0x7FFFFFF0}, ErrorCode::Truncated);
        row("lengths beyond the end", ScpBytes{.lengthError = 100000}, ErrorCode::Truncated);
        row("lengths too short", ScpBytes{.lengthError = -2}, ErrorCode::Malformed);
        row("section 0 of no pointers", ScpBytes{.firstLength = 16}, ErrorCode::Malformed);
        row("section 0 beyond the end", ScpBytes{.firstLength = 0x7FFFFFFF}, ErrorCode::Truncated);
        row("section twice", ScpBytes{.others = {{6, "ab"}, {6, "ab"}}}, ErrorCode::Malformed);
        row("section that is section 1 again", ScpBytes{.others = {{1, "ab"}}}, ErrorCode::Malformed);
        row("words behind the last tag", ScpBytes{.tagsEnd = "\xFF\0\0Yamada"s}, ErrorCode::Malformed);
        row("tag beyond the section", ScpBytes{.tagsEnd = "\x1E\xFF\xFFYamada"s}, ErrorCode::Malformed);
        std::string wrong = whole;
        wrong[0] ^= 1;
        add("checksum of the record", wrong, ErrorCode::Malformed);
        wrong = whole;
        wrong[wrong.size() - 3] ^= 1; // in a section, and the record signed again
        const std::uint16_t sum = test::ccitt(wrong.substr(2));
        wrong.replace(0, 2, ScpBytes::little(sum, 2));
        add("checksum of a section", wrong, ErrorCode::Malformed);
        // A pointer of section 0 to itself, and sections that share bytes.
        std::string loop = whole;
        loop.replace(34, 8, loop.substr(24, 8));
        loop.replace(0, 2, ScpBytes::little(test::ccitt(loop.substr(2)), 2));
        add("pointer to section 0", loop, ErrorCode::Malformed);
    }
    void badInput() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto out = m_bench.run(bytes.toStdString(), "scp");
        QVERIFY(out.error.has_value());
        QCOMPARE(int(out.error->code), code);
    }

    /// Cut anywhere, or with one byte changed anywhere, a record is refused and nothing falls over.
    void damagedAnywhere() {
        const std::string whole = ScpBytes{}.bytes();
        for (std::size_t i = 0; i < whole.size(); ++i) {
            QVERIFY(!intake::signal::open(whole.substr(0, i), "scp-ecg"));
            std::string changed = whole;
            changed[i] ^= '\x55';
            QVERIFY(!intake::signal::open(changed, "scp-ecg"));
        }
    }

    void samples_data() { test::addSampleRows({".scp"}); }
    void samples() {
        QFETCH(QString, path);
        if (path.isEmpty()) {
            if (!QDir(test::sampleFolder()).exists()) {
                QSKIP("the shared samples are not here");
            }
            return;
        }
        const std::string before = test::sampleBytes(path);
        QVERIFY(!before.empty());
        if (!isWhole(before)) {
            // Its numbers are not those of the standard, and the file is cut.
            QVERIFY(m_bench.run(before, "scp").error.has_value());
            return;
        }
        const auto kept = m_bench.run(before, "scp", true, keepAll);
        QVERIFY(!kept.error);
        QVERIFY(kept.bytes == before);
        const auto out = m_bench.run(before, "scp", true, deleteAll);
        QVERIFY(!out.error);
        QCOMPARE(out.bytes.size(), before.size());
        QVERIFY(isWhole(out.bytes));
        for (const std::size_t id : {0, 2, 3, 6, 7}) {
            QCOMPARE(section(out.bytes, id), section(before, id));
        }
        for (const char* gone : {"src.LastNam", "src.FirstNam", "src.PatientI", "src.Acq", "src.Tech"}) {
            QVERIFY(out.bytes.find(gone) == std::string::npos);
        }
    }

private:
    RecordBench m_bench;
};

QTEST_GUILESS_MAIN(TestScp)
#include "TestScp.moc"
