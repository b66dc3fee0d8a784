#include <QtTest>

#include <string>

#include "core/intake/dicom/CharacterSet.h"

using namespace kamei::intake::dicom;

namespace {

QByteArray b(const char* text, int size = -1) {
    return QByteArray(text, size);
}

} // namespace

class TestDicomCharacterSet : public QObject {
    Q_OBJECT

private slots:
    void decodes_data() {
        QTest::addColumn<QByteArray>("terms");
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("doubtful");
        const auto row = [](const char* name, const char* terms, const QByteArray& raw, const char* expected,
                            bool doubtful = false) {
            QTest::newRow(name) << QByteArray(terms) << raw << QString::fromUtf8(expected) << doubtful;
        };
        row("default repertoire", "", b("Yamada^Tarou"), "Yamada^Tarou");
        row("ISO_IR 100", "ISO_IR 100", b("Buc^J\xE9r\xF4me"), "Buc^Jérôme");
        row("ISO_IR 101", "ISO_IR 101",
            b("W\xB3"
              "ka"),
            "Włka");
        row("ISO_IR 109", "ISO_IR 109",
            b("\xC6"
              "a"),
            "Ĉa");
        row("ISO_IR 110", "ISO_IR 110",
            b("\xBE"
              "a"),
            "ža");
        row("ISO_IR 126", "ISO_IR 126", b("\xC4\xE9\xEF\xED\xF5\xF3\xE9\xEF\xF2"), "Διονυσιος");
        row("ISO_IR 127", "ISO_IR 127", b("\xE2\xC8\xC7\xE6\xEA^\xE4\xE6\xD2\xC7\xD1"), "قباني^لنزار");
        row("ISO_IR 138", "ISO_IR 138", b("\xF9\xF8\xE5\xEF^\xE3\xE1\xE5\xF8\xE4"), "שרון^דבורה");
        row("ISO_IR 144", "ISO_IR 144", b("\xBB\xEE\xDA"), "Люк");
        row("ISO_IR 148", "ISO_IR 148", b("\xC7\xF0"), "Çğ");
        row("ISO_IR 166", "ISO_IR 166", b("\xB9\xD2\xC2"), "นาย");
        row("ISO_IR 203", "ISO_IR 203", b("\xA4"), "€");
        row("ISO_IR 13 half-width katakana", "ISO_IR 13", b("\xD4\xCF\xC0\xDE^\xC0\xDB\xB3"), "ﾔﾏﾀﾞ^ﾀﾛｳ");
        row("ISO_IR 192", "ISO_IR 192", b("山田^太郎"), "山田^太郎");
        row("GB18030", "GB18030", b("\xCD\xF5^\xD0\xA1\xB6\xAB"), "王^小东");
        row("GBK", "GBK", b("\xCD\xF5^\xD0\xA1\xB6\xAB"), "王^小东");
        row("ISO 2022 IR 87", "\\ISO 2022 IR 87",
            b("Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B"),
            "Yamada^Tarou=山田^太郎=やまだ^たろう");
        row("ISO 2022 IR 13 with 87", "ISO 2022 IR 13\\ISO 2022 IR 87",
            b("\xD4\xCF\xC0\xDE^\xC0\xDB\xB3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J"), "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎");
        row("ISO 2022 IR 159", "\\ISO 2022 IR 87\\ISO 2022 IR 159", b("\x1b$(D\x30\x21\x1b(B"), "丂");
        row("ISO 2022 IR 149", "\\ISO 2022 IR 149",
            b("Hong^Gildong=\x1b$)C\xFB\xF3^\x1b$)C\xD1\xCE\xD4\xD7=\x1b$)C\xC8\xAB^\x1b$)C\xB1\xE6\xB5\xBF"),
            "Hong^Gildong=洪^吉洞=홍^길동");
        row("ISO 2022 IR 149 designated once", "\\ISO 2022 IR 149", b("\x1b$)C\xFB\xF3^\xD1\xCE\xD4\xD7"),
            "洪^吉洞");
        row("ISO 2022 IR 58", "\\ISO 2022 IR 58", b("\x1b$)A\xCD\xF5^\x1b$)A\xD0\xA1\xB6\xAB"), "王^小东");
        row("ISO 2022 IR 100 and 144", "ISO 2022 IR 100\\ISO 2022 IR 144", b("J\xE9 \x1b-L\xBB\xEE\xDA"),
            "Jé Люк");
        // The trailing byte of 本 is 0x5C: no separator of values.
        row("backslash inside a kanji", "\\ISO 2022 IR 87", b("\x1b$B;3K\\\x1b(B\\\x1b$B;3ED\x1b(B"),
            "山本\\山田");
        row("undeclared Shift_JIS", "", b("\x8E\x52\x93\x63"), "山田", true);
        row("undeclared UTF-8", "", b("山田"), "山田", true);
        row("Shift_JIS declared as ISO_IR 192", "ISO_IR 192", b("\x8E\x52\x93\x63"), "山田", true);
        row("unknown term, plain text", "KLINGON", b("abc"), "abc");
        row("term spelt wrongly", "ISO-IR 100", b("J\xE9"), "Jé");
        row("escape that nobody knows", "\\ISO 2022 IR 87", b("\x1b%Gabc"), "\x1b%Gabc", true);
        row("kanji cut in the middle", "\\ISO 2022 IR 87", b("\x1b$B;"), "\x1b$B;", true);
    }
    void decodes() {
        QFETCH(QByteArray, terms);
        QFETCH(QByteArray, raw);
        QFETCH(QString, expected);
        QFETCH(bool, doubtful);
        const CharacterSet set = CharacterSet::fromValue(
            std::string_view(terms.constData(), static_cast<std::size_t>(terms.size())));
        const auto text =
            set.decode(std::string_view(raw.constData(), static_cast<std::size_t>(raw.size())), vr::PN);
        QCOMPARE(QString::fromStdString(text.utf8), expected);
        QCOMPARE(text.doubtful, doubtful);
    }
    void splitsBehindDecoding() {
        const auto values = valuesOf("山本 \\ 山田", vr::LO);
        QCOMPARE(values.size(), std::size_t{2});
        QCOMPARE(values[1], std::string_view("山田"));
        QCOMPARE(valuesOf(" a\\b ", vr::LT).size(), std::size_t{1});
        QCOMPARE(valuesOf(" a\\b ", vr::LT)[0], std::string_view(" a\\b"));
    }
};

QTEST_APPLESS_MAIN(TestDicomCharacterSet)
#include "TestDicomCharacterSet.moc"
