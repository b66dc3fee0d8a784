#include <QAccessible>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "ui/style/Theme.h"
#include "ui/views/text/Highlights.h"
#include "ui/views/text/RowHeights.h"
#include "ui/views/text/TextView.h"

using namespace kamei;
using namespace kamei::ui::views::text;
using model::Category;
using model::DecisionState;

namespace {

std::shared_ptr<const job::ShownText> shown(const std::string& content, std::string_view format = "text") {
    auto source = intake::text::TextSource::read(content, format);
    return source ? std::make_shared<const job::ShownText>(job::ShownText{std::move(*source), false})
                  : nullptr;
}

model::Finding finding(std::int64_t id, std::int64_t start, std::int64_t end,
                       Category category = Category::Identifier, DecisionState state = DecisionState::Open) {
    model::Finding made;
    made.id = {id};
    made.locator.kind = model::Locator::Kind::Text;
    made.locator.start = start;
    made.locator.end = end;
    made.category = category;
    made.state = state;
    made.suggested = made.action = model::Action::Delete;
    return made;
}

bool holds(const QImage& image, const QRect& rect, const QColor& wanted, int tolerance = 6) {
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x) {
            if (!image.rect().contains(x, y)) {
                continue;
            }
            const QColor colour = image.pixelColor(x, y);
            if (std::abs(colour.red() - wanted.red()) <= tolerance &&
                std::abs(colour.green() - wanted.green()) <= tolerance &&
                std::abs(colour.blue() - wanted.blue()) <= tolerance) {
                return true;
            }
        }
    }
    return false;
}

QColor blend(const QColor& paper, const QColor& tint) {
    const double a = tint.alphaF();
    const auto mix = [a](int below, int above) {
        return static_cast<int>(below * (1 - a) + above * a + 0.5);
    };
    return QColor(mix(paper.red(), tint.red()), mix(paper.green(), tint.green()),
                  mix(paper.blue(), tint.blue()));
}

} // namespace

class TestTextView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { ui::style::Theme::instance().apply(*qApp, ui::style::Mode::Light); }

    void rowHeightsFindRowsByHeight() {
        RowHeights heights;
        heights.reset({10, 20, 30, 40, 50, 60, 70});
        QCOMPARE(heights.total(), 280);
        QCOMPARE(heights.at(0), 0);
        QCOMPARE(heights.at(9), 0);
        QCOMPARE(heights.at(10), 1);
        QCOMPARE(heights.at(279), 6);
        QCOMPARE(heights.at(5000), 6);
        heights.set(2, 100);
        QCOMPARE(heights.top(3), 130);
        QCOMPARE(heights.at(129), 2);
        QCOMPARE(heights.at(130), 3);
    }

    void placesGoThereAndBack_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QByteArray("氏名：三上 陽子\n女性") << 3 << 8
                               << QStringLiteral("三上 陽子");
        QTest::newRow("after a character beyond the BMP")
            << QByteArray("\xF0\xA9\xB8\xBD 氏名 山田") << 5 << 7 << QStringLiteral("山田");
        QTest::newRow("a character beyond the BMP")
            << QByteArray("a\xF0\xA9\xB8\xBDz") << 1 << 2 << QString::fromUtf8("\xF0\xA9\xB8\xBD");
        QTest::newRow("CR LF") << QByteArray("一\r\n二三\r\n") << 3 << 5 << QStringLiteral("二三");
    }
    void placesGoThereAndBack() {
        QFETCH(QByteArray, content);
        QFETCH(int, start);
        QFETCH(int, end);
        QFETCH(QString, text);
        const auto paper = PaperText::make(shown(content.toStdString()), Form::Source);
        const auto range = paper->fromSource(start, end);
        QVERIFY(range.has_value());
        QCOMPARE(paper->text().mid(range->first, range->second - range->first), text);
        const auto back = paper->toSource(range->first, range->second);
        QVERIFY(back.has_value());
        QCOMPARE(back->first, start);
        QCOMPARE(back->second, end);
    }

    void linesAreNumberedAndLongOnesCut() {
        const auto paper =
            PaperText::make(shown("a\r\nb\n\n" + std::string(5000, 'x') + "\nc\n"), Form::Source);
        QCOMPARE(paper->lines(), 5);
        QCOMPARE(paper->rows()[1].number, 2);
        QCOMPARE(paper->rows()[3].number, 4);
        QCOMPARE(paper->rows()[4].number, 0);
        QCOMPARE(paper->rows().back().number, 5);
    }

    void xmlReadsAsADocument() {
        const std::string cda = R"(<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><title>診療情報提供書</title>
<recordTarget><patientRole><patient><name>三上 &amp; 陽子</name></patient></patientRole></recordTarget>
<component><structuredBody><component><section><title>主訴</title><text><paragraph>咳と<content>発熱</content>あり</paragraph></text></section></component></structuredBody></component>
</ClinicalDocument>)";
        const auto text = shown(cda, "cda");
        QVERIFY(text);
        const auto paper = PaperText::make(text, Form::Document);
        QVERIFY2(paper->text().contains(QStringLiteral("三上 & 陽子")), "entities are resolved");
        QVERIFY2(paper->text().contains(QStringLiteral("咳と発熱あり")),
                 "inline elements stay on their line");
        QVERIFY(!paper->text().contains(QStringLiteral("<title>")));
        // 陽子 stands after the entity: its place in the file is five characters further.
        const auto at = static_cast<int>(paper->text().indexOf(QStringLiteral("陽子")));
        const auto place = paper->toSource(at, at + 2);
        QVERIFY(place.has_value());
        QCOMPARE(QString::fromStdString(text->source.slice(place->first, place->second)),
                 QStringLiteral("陽子"));
        const auto range = paper->fromSource(place->first, place->second);
        QVERIFY(range.has_value());
        QCOMPARE(range->first, at);
        QVERIFY(paper->pathAt(at).contains(QStringLiteral("name")));
    }

    void candidatesAroundOthersAreDrawnLower() {
        const auto paper = PaperText::make(shown("近医の三上胃腸科医院を経て"), Form::Source);
        const Highlights highlights =
            highlightsOf(*paper, {finding(1, 3, 10, Category::QuasiIdentifier), finding(2, 3, 5)});
        QCOMPARE(highlights.find({1})->level, 1);
        QCOMPARE(highlights.find({2})->level, 0);
        const auto here = highlights.at(4);
        QCOMPARE(here.size(), 2U);
        QCOMPARE(here.front().value, 2); // the innermost first
    }

    void writtenPartsAreFoundBetweenWhatStayed() {
        const auto before = shown("氏名：三上 陽子（女性）電話 090-0123-4471 まで");
        const auto after = PaperText::make(shown("氏名：S-5F2A91（女性）電話  まで"), Form::Source);
        auto name = finding(1, 3, 8, Category::Identifier, DecisionState::Accepted);
        auto phone = finding(2, 15, 28, Category::Contact, DecisionState::Accepted);
        auto open = finding(3, 9, 11, Category::QuasiIdentifier);
        open.suggested = model::Action::Keep; // what is open is staged as suggested
        const Highlights written = writtenParts(*after, *before, {name, phone, open});
        QCOMPARE(written.all().size(), 1U); // a deleted stretch leaves nothing to mark
        QCOMPARE(after->text().mid(written.all()[0].start, written.all()[0].end - written.all()[0].start),
                 QStringLiteral("S-5F2A91"));
    }

    void openIsFilledDecidedIsALineOnly_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void openIsFilledDecidedIsALineOnly() {
        QFETCH(bool, dark);
        auto& theme = ui::style::Theme::instance();
        theme.apply(*qApp, dark ? ui::style::Mode::Dark : ui::style::Mode::Light);
        const auto paper = PaperText::make(shown("ああああ　いいいい　うううう\n"), Form::Source);
        TextView view;
        view.resize(600, 200);
        view.setPaper(
            paper, highlightsOf(*paper, {finding(1, 0, 4),
                                         finding(2, 5, 9, Category::QuasiIdentifier, DecisionState::Accepted),
                                         finding(3, 10, 14, Category::Contact, DecisionState::Rejected)}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QImage image = view.viewport()->grab().toImage();
        const QRect open = view.highlightRect({1});
        const QRect decided = view.highlightRect({2});
        QVERIFY(open.isValid() && decided.isValid());
        const QColor paperColour = ui::style::tokens().paper;
        // The upper edge of the box holds no strokes of characters.
        const QRect top(open.left() + 2, open.top() + 1, open.width() - 4, 1);
        const QColor tint = blend(paperColour, theme.category(Category::Identifier).tint);
        QVERIFY(holds(image, top, tint, 3));
        QVERIFY(!holds(image, QRect(decided.left() + 2, decided.top() + 1, decided.width() - 4, 1),
                       blend(paperColour, theme.category(Category::QuasiIdentifier).tint), 3));
        QVERIFY(holds(image, open.adjusted(2, open.height() - 6, -2, 4),
                      theme.category(Category::Identifier).line));
        QVERIFY(holds(image, decided.adjusted(2, decided.height() - 6, -2, 4),
                      theme.category(Category::QuasiIdentifier).line));
        theme.apply(*qApp, ui::style::Mode::Light);
    }

    void theCurrentFindingIsBoxed() {
        const auto paper = PaperText::make(shown("ああああ　いいいい"), Form::Source);
        TextView view;
        view.resize(600, 200);
        view.setPaper(paper, highlightsOf(*paper, {finding(1, 0, 4), finding(2, 5, 9)}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QRect box = view.highlightRect({2}).adjusted(-4, -5, 4, 6);
        const QColor accent = ui::style::tokens().accent;
        QVERIFY(!holds(view.viewport()->grab().toImage(), box, accent));
        view.setCurrent({2});
        QVERIFY(holds(view.viewport()->grab().toImage(), box, accent));
    }

    void clicksAndSelectionsAreReported() {
        const auto paper = PaperText::make(shown("ああああ　いいいい　うううう"), Form::Source);
        TextView view;
        view.resize(600, 200);
        view.setPaper(paper, highlightsOf(*paper, {finding(7, 5, 9)}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy clicked(&view, &TextView::findingClicked);
        QSignalSpy selected(&view, &TextView::selectionMade);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.highlightRect({7}).center());
        QCOMPARE(clicked.count(), 1);
        const QPoint from = view.characterRect(10).center();
        const QPoint to = view.characterRect(12).center();
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view.viewport(), to);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, to);
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected[0][0].toInt(), 10);
        QCOMPARE(selected[0][1].toInt(), 12);
        view.select(0, 0);
        QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(selected.count(), 2);
        QCOMPARE(selected[1][1].toInt(), 2);
    }

    void findingGoesRound() {
        const auto paper = PaperText::make(shown("Abc\nabc\nxyz\n"), Form::Source);
        TextView view;
        view.setPaper(paper, {});
        view.setNeedle(QStringLiteral("ABC"));
        QVERIFY(view.findNext(true));
        QCOMPARE(view.selection().first, 0);
        QVERIFY(view.findNext(true));
        QCOMPARE(view.selection().first, 4);
        QVERIFY(view.findNext(true));
        QCOMPARE(view.selection().first, 0);
        QVERIFY(view.findNext(false));
        QCOMPARE(view.selection().first, 4);
        view.setNeedle(QStringLiteral("nowhere"));
        QVERIFY(!view.findNext(true));
    }

    void screenReadersHearTheCurrentLine() {
        const auto paper = PaperText::make(shown("一行目\n二行目"), Form::Source);
        TextView view;
        view.setAccessibleName(QStringLiteral("Text"));
        view.setPaper(paper, {});
        view.select(5, 5);
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&view);
        QCOMPARE(accessible->text(QAccessible::Value), QStringLiteral("二行目"));
        QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Text"));
    }

    void tenMegabytesScrollWithoutAStall() {
        std::string content;
        while (content.size() < 10U << 20) {
            content +=
                "術後 3 日目、呼吸訓練を開始。SpO2 97%（RA）、歩行 6 分 412 m。病理：浸潤性粘液性腺癌。\n";
        }
        content += std::string(200000, 'x'); // and one very long line
        QElapsedTimer timer;
        timer.start();
        const auto text = shown(content);
        const auto paper = PaperText::make(text, Form::Document);
        qInfo("read and prepared %zu bytes in %lld ms (off the GUI thread)", content.size(),
              static_cast<long long>(timer.elapsed()));
        std::vector<model::Finding> findings;
        for (int i = 0; i < 20000; ++i) {
            findings.push_back(finding(i + 1, i * 150, i * 150 + 3));
        }
        timer.restart();
        Highlights highlights = highlightsOf(*paper, findings);
        qInfo("20,000 highlights in %lld ms (off the GUI thread)", static_cast<long long>(timer.elapsed()));
        TextView view;
        view.resize(800, 600);
        view.show();
        timer.restart();
        view.setPaper(paper, std::move(highlights));
        static_cast<void>(view.viewport()->grab());
        qInfo("shown in %lld ms", static_cast<long long>(timer.elapsed()));
        qint64 worst = 0;
        for (int i = 0; i <= 40; ++i) {
            timer.restart();
            view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 40 * i);
            static_cast<void>(view.viewport()->grab());
            worst = std::max(worst, timer.elapsed());
        }
        qInfo("slowest of 41 jumps: %lld ms", static_cast<long long>(worst));
        timer.restart();
        view.setCurrent({20000});
        static_cast<void>(view.viewport()->grab());
        qInfo("to a finding: %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(view.highlightRect({20000}).isValid());
    }
};

QTEST_MAIN(TestTextView)
#include "TestTextView.moc"
