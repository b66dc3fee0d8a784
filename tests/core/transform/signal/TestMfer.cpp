#include <QTest>

#include "core/intake/Shown.h"
#include "core/intake/encoding/Encoding.h"
#include "core/intake/signal/Page.h"
#include "tests/core/transform/RecordBench.h"
#include "tests/core/transform/signal/MferBytes.h"
#include "tests/core/transform/signal/Recordings.h"

using namespace kamei;
using namespace std::string_literals;
using base::ErrorCode;
using intake::encoding::Encoding;
using test::deleteAll;
using test::keepAll;
using test::MferBytes;
using test::RecordBench;

namespace {

/// The value of the first definition with a tag, as a reader of the standard goes.
std::string value(const std::string& bytes, std::uint8_t wanted) {
    for (std::size_t at = 0; at + 1 < bytes.size();) {
        const auto tag = static_cast<std::uint8_t>(bytes[at++]);
        if (tag == 0 || tag == 0x80) {
            continue;
        }
        at += tag == 0x3F ? 1 : 0;
        std::size_t size = static_cast<std::uint8_t>(bytes[at++]);
        if (size > 0x80) {
            std::size_t count = size & 0x7F;
            for (size = 0; count > 0; --count) {
                size = (size << 8) | static_cast<std::uint8_t>(bytes[at++]);
            }
        }
        if (tag == wanted) {
            return bytes.substr(at, size);
        }
        at += size;
    }
    return "none";
}

} // namespace

class TestMfer : public QObject {
    Q_OBJECT

private slots:
    void rules_data() {
        test::addRuleColumns();
        const auto row = test::addRule;
        using model::Action;
        row("chart number", "physiology.chart-number", "patient/code", "00458812", Action::Replace);
        row("name", "physiology.patient-name", "patient/name", "山田^ヤマダ^太郎^タロウ", Action::Delete);
        row("birth date", "physiology.birth-date", "patient/birthdate", "1969-06-30", Action::Generalise);
        row("age", "physiology.age", "patient/age", "52", Action::Keep);
        row("days behind the years", "physiology.patient-name", "patient/age-days", "165", Action::Delete);
        row("sex", "physiology.sex", "patient/sex", "M", Action::Keep);
        row("examination date", "physiology.examination-date", "start/date", "2021-12-12", Action::Shift);
        row("device, option device-identity", "physiology.device-id", "equipment", "Fukuda^FX-9^01^SN-889911",
            Action::Keep);
        row("UID", "physiology.device-id", "uid", "1.2.392.77", Action::Delete);
        row("chart number in a note", "physiology.chart-number", "note", "00458812", Action::Replace);
        row("chart number in a lead", "physiology.chart-number", "lead", "00458812", Action::Replace);
        row("fail closed: what is not understood", "physiology.facility-id", "reserved",
            "15 bytes ward map Yamada", Action::Delete);
    }
    void rules() {
        QFETCH(QString, rule);
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(int, action);
        for (const bool bigEndian : {false, true}) {
            const auto out = m_bench.run(MferBytes{.bigEndian = bigEndian}.bytes(), "mwf");
            QVERIFY(!out.error);
            const auto* finding = out.find(rule.toStdString(), path.toStdString());
            QVERIFY(finding != nullptr);
            QCOMPARE(QString::fromStdString(finding->text), text);
            QCOMPARE(int(finding->suggested), action);
            QVERIFY(m_bench.rules().find(finding->rule) != nullptr);
            QCOMPARE(out.extension, "mwf"s);
        }
    }

    void describesThePerson() {
        const auto out = m_bench.run(MferBytes{}.bytes(), "mwf");
        QCOMPARE(out.description.kind, model::AssetKind::Signal);
        QCOMPARE(out.description.subject.patientId, "00458812"s);
        QCOMPARE(out.description.subject.names, (std::vector{"山田 太郎"s, "ヤマダ タロウ"s}));
        QCOMPARE(out.description.subject.birthDate, "19690630"s);
        QCOMPARE(out.description.subject.sex, "M"s);
        const auto single = m_bench.run(MferBytes{.name = "Yamada^Taro"}.bytes(), "mwf");
        QCOMPARE(single.description.subject.names, std::vector{"Yamada Taro"s});
    }

    void writesInPlace() {
        for (const bool bigEndian : {false, true}) {
            const MferBytes source{.bigEndian = bigEndian};
            const std::string before = source.bytes();
            const auto out = m_bench.run(before, "mwf");
            QVERIFY(!out.error);
            QCOMPARE(out.bytes.size(), before.size());
            for (const std::string& gone :
                 {"00458812"s, "山田"s, "ヤマダ"s, "太郎"s, "タロウ"s, "Morimoto"s, "1.2.392.77"s, "Yamada"s,
                  source.day(1969, 6, 30), source.day(2021, 12, 12)}) {
                QVERIFY2(out.bytes.find(gone) == std::string::npos, gone.c_str());
            }
            QCOMPARE(value(out.bytes, 0x83), "\x34\0\0"s + source.day(1969, 6, 1));
            QCOMPARE(value(out.bytes, 0x82), "X\0\0\0\0\0\0\0"s); // a pseudonym is longer
            QCOMPARE(value(out.bytes, 0x85).substr(4), value(before, 0x85).substr(4));
            QCOMPARE(value(out.bytes, 0x81), std::string(value(before, 0x81).size(), '\0'));
            QCOMPARE(value(out.bytes, 0x88), std::string(15, '\0'));
            for (const int same : {0x40, 0x01, 0x03, 0x17, 0x84, 0x41, 0x05, 0x1E}) {
                QCOMPARE(value(out.bytes, std::uint8_t(same)), value(before, std::uint8_t(same)));
            }
        }
    }

    void aPseudonymStandsWhereItHasRoom() {
        const auto out = m_bench.run(MferBytes{.id = "00458812" + std::string(12, '\0')}.bytes(), "mwf");
        QVERIFY(!out.error);
        std::string wanted = m_bench.subject().pseudonym;
        wanted.resize(20, '\0');
        QCOMPARE(value(out.bytes, 0x82), wanted);
    }

    void untouchedIsTheSameFile() {
        const std::string before = MferBytes{}.bytes();
        const auto out = m_bench.run(before, "mwf", true, keepAll);
        QVERIFY(!out.error);
        QVERIFY(out.bytes == before);
    }

    void deletedDatesBecomeUnknown() {
        const auto out = m_bench.run(MferBytes{}.bytes(), "mwf", true, deleteAll);
        QVERIFY(!out.error);
        QCOMPARE(value(out.bytes, 0x83), std::string(7, '\0'));
        QCOMPARE(value(out.bytes, 0x85).substr(0, 7), std::string(7, '\0'));
        QCOMPARE(value(out.bytes, 0x84), std::string(1, '\0'));
    }

    /// Every part replaced: same length, no old value, samples as they were.
    void everyPart_data() { test::addReplacements("\x1E\x80\x40"); }
    void everyPart() {
        QFETCH(QByteArray, value);
        const std::string before = MferBytes{}.bytes();
        const std::string out = test::replaceEveryPart(before, "mfer", value);
        QVERIFY(!QTest::currentTestFailed());
        QVERIFY(out.ends_with(MferBytes::waveform() + '\x80'));
    }

    void encodings_data() {
        QTest::addColumn<QByteArray>("characters");
        QTest::addColumn<int>("encoding");
        QTest::newRow("UTF-16LE, as NIHON KOHDEN writes") << QByteArray("UTF-16LE") << int(Encoding::Utf16Le);
        QTest::newRow("ISO-2022-JP") << QByteArray("RFC 1468") << int(Encoding::Iso2022Jp);
        QTest::newRow("Shift_JIS") << QByteArray("Shift_JIS") << int(Encoding::Cp932);
        QTest::newRow("EUC-JP") << QByteArray("EUC-JP") << int(Encoding::EucJp);
        QTest::newRow("CP932 that says ASCII") << QByteArray("ANSI X3.4") << int(Encoding::Cp932);
        QTest::newRow("UTF-8 that says nothing") << QByteArray("") << int(Encoding::Utf8);
    }
    void encodings() {
        QFETCH(QByteArray, characters);
        QFETCH(int, encoding);
        const auto in = [&](const std::string& text) {
            return *intake::encoding::encode(text, Encoding(encoding));
        };
        MferBytes source;
        source.characters = characters.toStdString();
        source.name = in("山田^ヤマダ^太郎^タロウ");
        source.id = in("00458812");
        source.note = in("山田太郎さん 過換気");
        source.man = in("Fukuda");
        source.event = in("HV");
        const auto out = m_bench.run(source.bytes(), "mwf");
        QVERIFY(!out.error);
        QCOMPARE(out.description.subject.names.front(), "山田 太郎"s);
        QVERIFY(out.bytes.find(source.name) == std::string::npos);
        const QString shown = QString::fromStdString(intake::readShown(out.bytes, "mfer")->text());
        QVERIFY(!shown.contains("山田") && !shown.contains("太郎") && !shown.contains("00458812"));
        QVERIFY2(shown.contains("過換気"), qPrintable(shown));
    }

    void anUnknownCharacterSetIsReadAsWords() {
        const auto out = m_bench.run(MferBytes{.characters = "for 00458812"}.bytes(), "mwf");
        QVERIFY(!out.error);
        QCOMPARE(value(out.bytes, 0x03), "for X\0\0\0\0\0\0\0"s);
        QVERIFY(!m_bench.run(MferBytes{.characters = "d"}.bytes(), "mwf", true, deleteAll).error);
    }

    void groupsOfStatedAndOpenLength() {
        const std::string note = MferBytes::definition(0x16, "for 00458812");
        const auto out = m_bench.run(
            MferBytes{.more = MferBytes::definition(0x67, note) + "\x67\x80" + note + "\0\0"s}.bytes(),
            "mwf");
        QVERIFY(!out.error);
        QVERIFY(out.bytes.find("00458812") == std::string::npos);
    }

    void badInput_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto add = [](const char* name, const std::string& bytes, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << int(code);
        };
        const auto more = [&](const char* name, const std::string& bytes, ErrorCode code) {
            add(name, MferBytes{.more = bytes}.bytes(), code);
        };
        const std::string whole = MferBytes{}.bytes();
        add("bytes behind the end", MferBytes{.behind = "Yamada"}.bytes(), ErrorCode::Malformed);
        add("cut in the waveform", whole.substr(0, whole.size() - 20), ErrorCode::Truncated);
        add("no waveform", whole.substr(0, whole.size() - MferBytes::waveform().size() - 1),
            ErrorCode::Truncated);
        add("preamble alone", "\x40\x20MFR Monitoring Waveform", ErrorCode::Truncated);
        more("length beyond the end", "\x16\x84\x7F\xFF\xFF\xFF", ErrorCode::Truncated);
        more("length of nine bytes", "\x16\x89Yamadatar", ErrorCode::Malformed);
        more("channel that never ends", "\x3F" + std::string(2000, '\xFF'), ErrorCode::Malformed);
        more("open group that never ends", "\x67\x80", ErrorCode::Malformed);
        more("open note", "\x16\x80Yamada", ErrorCode::Malformed);
        more("end inside a group", MferBytes::definition(0x67, "\x80Yamada"), ErrorCode::Malformed);
        more("group that is longer than the one around it", "\x67\x04\x67\x10Ya", ErrorCode::Truncated);
        more("byte order of nobody", "\x01\x01\x07", ErrorCode::Malformed);
        more("compressed definitions", MferBytes::definition(0x0E, "\1\0"s), ErrorCode::UnsupportedFormat);
        std::string deep;
        for (int i = 0; i < 5000; ++i) {
            deep += "\x67\x80";
        }
        more("5,000 groups in each other", deep, ErrorCode::Malformed);
    }
    void badInput() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto out = m_bench.run(bytes.toStdString(), "mwf");
        QVERIFY(out.error.has_value());
        QCOMPARE(int(out.error->code), code);
    }

    /// Cut anywhere a file is refused; with a byte changed anywhere it is refused or comes back as it was.
    void damagedAnywhere() {
        const std::string whole = MferBytes{}.bytes();
        for (std::size_t i = 0; i < whole.size(); ++i) {
            // Only the mark of the end may be missing.
            QCOMPARE(intake::signal::open(whole.substr(0, i), "mfer").has_value(), i + 1 == whole.size());
            std::string changed = whole;
            changed[i] ^= '\x55';
            if (const auto page = intake::signal::open(changed, "mfer")) {
                QVERIFY(*intake::signal::rewrite(changed, "mfer", *page, {}) == changed);
            }
        }
    }

    void samples_data() { test::addSampleRows({".mwf"}); }
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
        const auto kept = m_bench.run(before, "mwf", true, keepAll);
        QVERIFY(!kept.error);
        QVERIFY(kept.bytes == before);
        const auto out = m_bench.run(before, "mwf", true, deleteAll);
        QVERIFY(!out.error);
        QCOMPARE(out.bytes.size(), before.size());
        QCOMPARE(value(out.bytes, 0x81), std::string(value(before, 0x81).size(), '\0'));
        QCOMPARE(value(out.bytes, 0x82), std::string(value(before, 0x82).size(), '\0'));
        QCOMPARE(value(out.bytes, 0x1E), value(before, 0x1E));
    }

private:
    RecordBench m_bench;
};

QTEST_GUILESS_MAIN(TestMfer)
#include "TestMfer.moc"
