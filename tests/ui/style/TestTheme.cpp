#include <QApplication>
#include <QDirIterator>
#include <QPainter>
#include <QTest>

#include "ui/style/Badges.h"
#include "ui/style/Icon.h"
#include "ui/style/StyleSheet.h"
#include "ui/style/Theme.h"

using namespace kamei;
using namespace kamei::ui::style;

namespace {

constexpr double kText = 4.5; // WCAG 2.1, 1.4.3
constexpr double kLine = 3.0; // WCAG 2.1, 1.4.11

const std::vector<model::Category> kCategories{model::Category::Code1,      model::Category::Code2,
                                               model::Category::Identifier, model::Category::QuasiIdentifier,
                                               model::Category::Financial,  model::Category::LinkingCode,
                                               model::Category::Contact,    model::Category::None};

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private slots:
    void contrast_data() {
        QTest::addColumn<QColor>("one");
        QTest::addColumn<QColor>("other");
        QTest::addColumn<double>("least");
        for (const bool dark : {false, true}) {
            const Tokens t = Theme::tokensOf(dark);
            const auto row = [&](const char* name, const QColor& one, const QColor& other, double least) {
                QTest::addRow("%s, %s", name, dark ? "dark" : "light") << one << other << least;
            };
            for (const auto& [name, back] :
                 {std::pair{"panel", t.panel}, std::pair{"window", t.window}, std::pair{"header", t.header},
                  std::pair{"selection", t.selection}, std::pair{"alternate", t.alternate},
                  std::pair{"paper", t.paper}}) {
                row(qPrintable(QStringLiteral("text on %1").arg(QLatin1String(name))), t.text, back, kText);
                row(qPrintable(QStringLiteral("text2 on %1").arg(QLatin1String(name))), t.text2, back, kText);
            }
            row("text3 on panel", t.text3, t.panel, kText);
            row("text on accent", t.onAccent, t.accent, kText);
            row("accent on panel", t.accent, t.panel, kText);
            row("bad on panel", t.bad, t.panel, kText);
            row("bad on its background", t.bad, t.badBack, kText);
            row("warn on its background", t.warn, t.warnBack, kText);
            row("ok on panel", t.ok, t.panel, kText);
            row("count on red", t.panel, t.bad, kText);
            row("pill", t.panel, t.text, kText);
            row("control border on panel", t.control, t.panel, kLine);
            row("focus ring on window", t.accent, t.window, kLine);
        }
    }
    void contrast() {
        QFETCH(QColor, one);
        QFETCH(QColor, other);
        QFETCH(double, least);
        const double measured = ui::style::contrast(one, other);
        QVERIFY2(measured >= least, qPrintable(QStringLiteral("%1 < %2").arg(measured).arg(least)));
    }

    void categories_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void categories() {
        QFETCH(bool, dark);
        Theme& theme = Theme::instance();
        theme.apply(*qApp, dark ? Mode::Dark : Mode::Light);
        QSet<int> styles;
        for (const model::Category category : kCategories) {
            const CategoryLook look = theme.category(category);
            QVERIFY(ui::style::contrast(look.line, theme.tokens().panel) >= kLine);
            QVERIFY(ui::style::contrast(look.letter, look.fill) >= kLine);
            if (category != model::Category::Code2 && category != model::Category::None) {
                QVERIFY2(!styles.contains(static_cast<int>(look.style)), "line styles tell categories apart");
                styles.insert(static_cast<int>(look.style));
            }
            // Boxes in the viewer stand on black in both themes.
            QVERIFY(ui::style::contrast(theme.viewerCategory(category).line, theme.viewer().back) >= kLine);
        }
    }

    void styleSheetIsComplete() {
        Theme::instance().apply(*qApp, Mode::Light);
        const QString sheet = styleSheet(Theme::instance());
        QVERIFY(!sheet.contains(QLatin1Char('@')));
        const QRegularExpression lengths(QStringLiteral("#[0-9]{1,2}#"));
        QVERIFY(!sheet.contains(lengths));
        for (auto it = QRegularExpression(QStringLiteral("url\\(([^)]+)\\)")).globalMatch(sheet);
             it.hasNext();) {
            const QString file = it.next().captured(1);
            QVERIFY2(QFile::exists(file), qPrintable(file));
        }
    }

    void everyIconDraws() {
        int count = 0;
        for (QDirIterator it(QStringLiteral(":/icons"), {QStringLiteral("*.svg")}, QDir::Files); it.hasNext();
             ++count) {
            it.next();
            const QString name = it.fileInfo().completeBaseName();
            const QImage image = iconPixmap(name, 16, 2.0, Qt::red).toImage();
            bool drawn = false;
            for (int y = 0; y < image.height() && !drawn; ++y) {
                for (int x = 0; x < image.width() && !drawn; ++x) {
                    drawn = qAlpha(image.pixel(x, y)) > 0;
                }
            }
            QVERIFY2(drawn, qPrintable(name));
        }
        QVERIFY(count > 60);
        QVERIFY(!hasIcon(QStringLiteral("no-such-icon")));
    }

    void signsSayWhatTheyShow() {
        QSet<QString> names;
        for (const Sign sign : {Sign::Open, Sign::OpenRequired, Sign::Accepted, Sign::Changed, Sign::Rejected,
                                Sign::Confirmed, Sign::SentBack, Sign::Blocked, Sign::Seen}) {
            Badge badge;
            badge.showSign(sign);
            QVERIFY(!badge.accessibleName().isEmpty());
            names.insert(badge.accessibleName());
        }
        QCOMPARE(names.size(), 9);
    }

    void fontSizeScales() {
        Theme& theme = Theme::instance();
        theme.apply(*qApp, Mode::Light, 18);
        QCOMPARE(theme.font().pixelSize(), 18);
        QCOMPARE(theme.px(26), 36);
        theme.apply(*qApp, Mode::Light, 13);
        QCOMPARE(theme.font().pixelSize(), 13);
    }
};

QTEST_MAIN(TestTheme)
#include "TestTheme.moc"
