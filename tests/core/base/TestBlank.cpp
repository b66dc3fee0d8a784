#include <QTest>

#include "core/base/Blank.h"

using kamei::base::isBlank;

class TestBlank : public QObject {
    Q_OBJECT

private slots:
    void aReasonSaysSomething_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("blank");
        const auto row = [](const char* name, const char* text, bool blank) {
            QTest::newRow(name) << QByteArray(text) << blank;
        };
        row("empty", "", true);
        row("spaces and breaks", " \t\r\n\v\f", true);
        row("ideographic space U+3000", "\u3000\u3000", true);
        row("no-break space U+00A0", "\u00A0", true);
        row("next line U+0085", "\u0085", true);
        row("em space U+2003 and line separator U+2028", "\u2003\u2028", true);
        row("zero-width space U+200B and joiner U+200D", "\u200B\u200D", true);
        row("byte order mark U+FEFF", "\uFEFF", true);
        row("Hangul filler U+3164, halfwidth filler U+FFA0", "\u3164\uFFA0", true);
        row("empty Braille pattern U+2800", "\u2800", true);
        row("tag characters U+E0041", "\U000E0041", true);
        row("no UTF-8: a cut character", "\xE3\x80", true);
        row("no UTF-8: a longer form than needed", "\xC1\x81", true);
        row("a letter", "x", false);
        row("one kanji between ideographic spaces", "\u3000\u53EF\u3000", false);
        row("halfwidth katakana U+FF71", "\uFF71", false);
        row("beyond the basic plane U+20B9F", "\U00020B9F", false);
        row("a letter after a cut character", "\xE3\x80x", false);
    }
    void aReasonSaysSomething() {
        QFETCH(QByteArray, text);
        QFETCH(bool, blank);
        QCOMPARE(isBlank(text.toStdString()), blank);
    }
};

QTEST_GUILESS_MAIN(TestBlank)
#include "TestBlank.moc"
