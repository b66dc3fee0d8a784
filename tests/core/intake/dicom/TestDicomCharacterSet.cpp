#include <QtTest>

#include <QProcess>

#include <string>
#include <vector>

#include "core/intake/dicom/CharacterSet.h"

using namespace kamei::intake::dicom;

namespace {

QByteArray b(const char* text, int size = -1) {
    return QByteArray(text, size);
}

/// One single-byte set: its number, and the escape sequence that designates it to G1 (PS3.3 Table C.12-3).
struct SingleByte {
    int set;
    char escape[3];
};
constexpr SingleByte kSingleByte[] = {{100, "-A"}, {101, "-B"}, {109, "-C"}, {110, "-D"},
                                      {126, "-F"}, {127, "-G"}, {138, "-H"}, {144, "-L"},
                                      {148, "-M"}, {166, "-T"}, {203, "-b"}, {13, ")I"}};

/// In JIS X 0208, JIS X 0212 and GB18030.
constexpr std::string_view kTwoForms[] = {"$B!A", "$B!B",  "$B!]",   "$B!q",
                                          "$B!r", "$B\"L", "$(D\"7", "\xA8\xBC"};

/// Decoded by another reader: value of (0008,0005) and bytes in, text out; empty when it cannot decode them.
std::vector<std::string> byPydicom(const std::vector<std::pair<std::string, std::string>>& rows,
                                   bool& found) {
    QProcess python;
    python.start("/usr/bin/python3", {"-c", R"(
import sys, warnings
warnings.simplefilter("ignore")
from pydicom.charset import convert_encodings, decode_bytes
from pydicom.valuerep import PN_DELIMS
for line in sys.stdin:
    terms, raw = line.rstrip("\n").split("\t")
    try:
        # Set 203 is younger than some versions of pydicom.
        text = bytes.fromhex(raw).decode("iso8859_15") if "203" in terms else decode_bytes(bytes.fromhex(raw), convert_encodings(terms.split("\\")), PN_DELIMS)
    except Exception:
        text = ""
    print("" if "\ufffd" in text or "\x1b" in text else text.encode("utf-8").hex())
)"});
    QByteArray lines;
    for (const auto& [terms, raw] : rows) {
        lines += QByteArray::fromStdString(terms) + '\t' + QByteArray::fromStdString(raw).toHex() + '\n';
    }
    python.write(lines);
    python.closeWriteChannel();
    std::vector<std::string> out;
    found = python.waitForFinished(60'000) && python.exitCode() == 0;
    for (const QByteArray& line : python.readAllStandardOutput().split('\n')) {
        out.push_back(QByteArray::fromHex(line).toStdString());
    }
    return out;
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
        row("initial set again behind a separator of values", "ISO 2022 IR 100\\ISO 2022 IR 144",
            b("\x1b-L\xBB\\J\xE9"), "Л\\Jé");
        row("initial set again behind a component", "ISO 2022 IR 100\\ISO 2022 IR 144", b("\x1b-L\xBB^J\xE9"),
            "Л^Jé");
        row("initial set again behind a line", "ISO 2022 IR 100\\ISO 2022 IR 144", b("\x1b-L\xBB\r\nJ\xE9"),
            "Л\r\nJé");
        row("initial set again behind a tab", "ISO 2022 IR 100\\ISO 2022 IR 144", b("\x1b-L\xBB\tJ\xE9"),
            "Л\tJé");
        row("ideographic and phonetic groups, half-width first", "ISO 2022 IR 13\\ISO 2022 IR 87",
            b("\xD4\xCF\xC0\xDE^\xC0\xDB\xB3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^"
              "\x1b$B$?$m$&\x1b(J"),
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
        row("katakana designated to G0", "ISO 2022 IR 87", b("\x1b(I4MC\x1b(B"), "ｴﾍﾃ");
        row("GBK with a backslash as second byte", "GBK", b("\x81\\^\xCD\xF5"), "乗^王");
        row("Korean without escape, declared first", "ISO 2022 IR 149", b("\xC8\xAB^\xB1\xE6\xB5\xBF"),
            "홍^길동");
        row("Korean without escape", "\\ISO 2022 IR 149", b("\xC8\xAB^\xB1\xE6\xB5\xBF"), "홍^길동", true);
        row("Chinese without escape", "\\ISO 2022 IR 58", b("\xCD\xF5^\xD0\xA1\xB6\xAB"), "王^小东", true);
        row("Shift_JIS under Latin-1", "ISO_IR 100", b("\x8E\x52\x93\x63"), "山田", true);
        row("EUC-JP under Latin-1", "ISO_IR 100", b("\xBB\xB3\xC5\xC4^\xC2\xC0\xCF\xBA"), "山田^太郎", true);
        row("UTF-8 under Latin-1", "ISO_IR 100", b("山田^太郎"), "山田^太郎", true);
        row("UTF-8 of one accent under Latin-1", "ISO_IR 100", b("Jérôme"), "Jérôme", true);
        row("undeclared EUC-JP", "", b("\xBB\xB3\xC5\xC4^\xC2\xC0\xCF\xBA"), "山田^太郎", true);
        row("undeclared ISO 2022 IR 87", "", b("\x1b$B;3ED\x1b(B"), "山田");
        row("ISO 2022 IR 87 declared as ISO_IR 192", "ISO_IR 192", b("\x1b$B;3ED\x1b(B"), "山田", true);
        row("C1 controls under Latin-2", "ISO_IR 101", b("\x8E\x52\x93\x63"), "山田", true);
        row("ISO2022 IR 87, no blank", "\\ISO2022 IR 87", b("\x1b$B;3ED\x1b(B"), "山田");
        row("ISO 2022-IR 13", "ISO 2022-IR 13", b("\xD4\xCF\xC0\xDE"), "ﾔﾏﾀﾞ");
        row("ISO_IR144, no blank", "ISO_IR144", b("\xBB\xEE\xDA"), "Люк");
        row("iso_ir 101 in lower case", "iso_ir 101", b("W\xB3ka"), "Włka");
        row("name of another world", "ISO 8859-5", b("\xBB\xEE\xDA"), "Люк");
        row("Shift_JIS declared as such", "SHIFT_JIS", b("\x8E\x52\x93\x63"), "山田");
        row("MS_Kanji declared as such", "MS_Kanji", b("\x8E\x52\x93\x63"), "山田");
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
    void agreesWithPydicom() {
        std::vector<std::pair<std::string, std::string>> rows;
        for (const auto& [set, escape] : kSingleByte) {
            const std::string number = std::to_string(set);
            for (int byte = 0xA1; byte <= 0xFF; ++byte) {
                const std::string text{'a', static_cast<char>(byte), 'b', '^', static_cast<char>(byte)};
                rows.emplace_back("ISO_IR " + number, text);
                rows.emplace_back("ISO 2022 IR " + number, text);
                rows.emplace_back("\\ISO 2022 IR " + number,
                                  std::string("a\x1b") + escape + static_cast<char>(byte));
            }
        }
        for (int row = 0x21; row <= 0x7E; ++row) {
            for (int cell = 0x21; cell <= 0x7E; ++cell) {
                const std::string low{static_cast<char>(row), static_cast<char>(cell)};
                const std::string high{static_cast<char>(row | 0x80), static_cast<char>(cell | 0x80)};
                rows.emplace_back("\\ISO 2022 IR 87", "A=\x1b$B" + low + "\x1b(B^B");
                rows.emplace_back("\\ISO 2022 IR 159", "A=\x1b$(D" + low + "\x1b(B^B");
                rows.emplace_back("\\ISO 2022 IR 149", "A=\x1b$)C" + high + "^B");
                rows.emplace_back("\\ISO 2022 IR 58", "A=\x1b$)A" + high + "^B");
                rows.emplace_back("GB18030", "A^" + high);
                rows.emplace_back("GBK", "A^" + high);
            }
        }
        rows.emplace_back("GB18030", std::string("\x81\x30\x81\x30^A", 6));
        rows.emplace_back("ISO_IR 192", "山田^太郎=やまだ^たろう");
        bool found = false;
        const auto theirs = byPydicom(rows, found);
        if (!found || theirs.size() < rows.size()) {
            QSKIP("python3-pydicom is not installed");
        }
        std::size_t compared = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (theirs[i].empty()) {
                continue;
            }
            const auto ours = CharacterSet::fromValue(rows[i].first).decode(rows[i].second, vr::PN);
            const QByteArray raw = QByteArray::fromStdString(rows[i].second).toHex();
            // Signs for which Unicode has two characters of the same sense: wave dash, minus, cent and
            // others.
            const bool twoForms = std::ranges::any_of(kTwoForms, [&](std::string_view bytes) {
                return rows[i].second.find(bytes) != std::string::npos;
            });
            if (!twoForms) {
                QCOMPARE(
                    rows[i].first.c_str() + (' ' + QString::fromUtf8(raw) + ' ').toStdString() + ours.utf8,
                    rows[i].first.c_str() + (' ' + QString::fromUtf8(raw) + ' ').toStdString() + theirs[i]);
                QVERIFY(!ours.doubtful);
            }
            ++compared;
        }
        QVERIFY(compared > 30'000);
        qInfo("%zu texts compared", compared);
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
