#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "ui/style/Theme.h"
#include "ui/text/Language.h"
#include "ui/views/image/ClipBar.h"
#include "ui/views/image/Timeline.h"

using namespace kamei;
using ui::views::image::MaskItem;
using ui::views::image::Timeline;

namespace {

MaskItem item(int number, model::FrameRange frames, std::vector<model::TrackKey> track = {}) {
    MaskItem out;
    out.finding = base::FindingId{number};
    out.mask.rect = {0, 0, 10, 10};
    out.mask.frames = frames;
    out.mask.track = std::move(track);
    out.tag = QString::number(number);
    return out;
}

} // namespace

/// Going through a clip and changing the frames of its masks, with mouse and keys.
class TestTimeline : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_timeline = std::make_unique<Timeline>();
        m_timeline->setClip({100, 25.0, {}});
        m_timeline->setItems({item(1, {}), item(2, {21, 60}, {{21, {0, 0, 9, 9}}, {40, {5, 5, 9, 9}}})});
        m_timeline->resize(968, m_timeline->sizeHint().height());
        m_timeline->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_timeline.get()));
    }
    void cleanup() { m_timeline.reset(); }

    void timesAreOfTheRate_data() {
        QTest::addColumn<int>("frame");
        QTest::addColumn<double>("rate");
        QTest::addColumn<QString>("text");
        QTest::newRow("first frame") << 1 << 25.0 << "00:00:00.000";
        QTest::newRow("a second later") << 26 << 25.0 << "00:00:01.000";
        QTest::newRow("NTSC") << 22'994 << 30000.0 / 1001 << "00:12:47.200";
        QTest::newRow("unknown rate") << 5 << 0.0 << "";
    }
    void timesAreOfTheRate() {
        QFETCH(int, frame);
        QFETCH(double, rate);
        QFETCH(QString, text);
        QCOMPARE(Timeline::timeText(frame, rate), text);
    }

    void wordsOfTheCommandsAreWholeOrLeftOut_data() {
        QTest::addColumn<ui::text::Language>("language");
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("words");
        using ui::text::Language;
        // The work screen at 1366 x 768 leaves it 490 pixels beside the buttons of the frames.
        QTest::newRow("Japanese, 1366 x 768") << Language::Japanese << 490 << true;
        QTest::newRow("English, 1366 x 768") << Language::English << 490 << true;
        QTest::newRow("Japanese, narrow") << Language::Japanese << 220 << false;
        QTest::newRow("English, narrow") << Language::English << 220 << false;
    }
    void wordsOfTheCommandsAreWholeOrLeftOut() {
        QFETCH(ui::text::Language, language);
        QFETCH(int, width);
        QFETCH(bool, words);
        ui::style::Theme::instance().apply(*qApp, ui::style::Mode::Light);
        ui::text::install(language);
        ui::views::image::ClipBar bar;
        bar.resize(width, 34);
        bar.setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        const auto buttons = bar.findChildren<QToolButton*>();
        QCOMPARE(buttons.size(), 5);
        const QRect inside = bar.rect();
        for (const QToolButton* button : buttons) {
            QCOMPARE(button->toolButtonStyle(),
                     words ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
            QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            QVERIFY2(inside.contains(button->geometry()), qPrintable(button->text()));
            QVERIFY(button->toolTip().startsWith(button->text())); // where the word is left out
        }
    }

    void clickingGoesToTheFrame() {
        QSignalSpy chosen(m_timeline.get(), &Timeline::chosen);
        const QPoint at(qRound(m_timeline->xOf(50.5)), 5);
        QTest::mousePress(m_timeline.get(), Qt::LeftButton, {}, at);
        QTest::mouseMove(m_timeline.get(), QPoint(qRound(m_timeline->xOf(70.5)), 5));
        QTest::mouseRelease(m_timeline.get(), Qt::LeftButton, {}, QPoint(qRound(m_timeline->xOf(70.5)), 5));
        QCOMPARE(chosen.first().first().toInt(), 50);
        QCOMPARE(chosen.last().first().toInt(), 70);
    }

    void keysStepThroughFramesAndKeyFrames() {
        QSignalSpy chosen(m_timeline.get(), &Timeline::chosen);
        m_timeline->select(base::FindingId{2});
        m_timeline->setFrame(30);
        QTest::keyClick(m_timeline.get(), Qt::Key_Right);
        QCOMPARE(chosen.takeLast().first().toInt(), 31);
        QTest::keyClick(m_timeline.get(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(chosen.takeLast().first().toInt(), 21);
        QTest::keyClick(m_timeline.get(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(chosen.takeLast().first().toInt(), 40);
        m_timeline->setFrame(40);
        QTest::keyClick(m_timeline.get(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(chosen.isEmpty()); // there is none behind
    }

    void newScenesAreToldAndGoneTo() {
        QSignalSpy chosen(m_timeline.get(), &Timeline::chosen);
        QCOMPARE(m_timeline->cutBeside(1), 0);
        m_timeline->setCuts({20, 55});
        QVERIFY(m_timeline->accessibleDescription().contains("2 new scenes"));
        m_timeline->setFrame(30);
        QTest::keyClick(m_timeline.get(), Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(chosen.takeLast().first().toInt(), 55);
        QTest::keyClick(m_timeline.get(), Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(chosen.takeLast().first().toInt(), 20);
        m_timeline->setFrame(20);
        QVERIFY(m_timeline->accessibleDescription().contains("begins here"));
        QTest::keyClick(m_timeline.get(), Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(chosen.takeLast().first().toInt(), 1); // the first scene has no tick
        m_timeline->setFrame(55);
        QTest::keyClick(m_timeline.get(), Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(chosen.isEmpty());
        // A click beside a tick on the ruler goes to its frame.
        QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, QPoint(qRound(m_timeline->xOf(55)) - 2, 5));
        QCOMPARE(chosen.takeLast().first().toInt(), 55);
        m_timeline->setClip({10, 25.0, {}}); // of another clip
        QCOMPARE(m_timeline->cutBeside(1), 0);
    }

    void draggingOverALaneSilencesIt() {
        ui::views::image::SoundItem sound;
        sound.finding = base::FindingId{9};
        m_timeline->setSounds({sound});
        m_timeline->resize(968, m_timeline->sizeHint().height());
        QSignalSpy selected(m_timeline.get(), &Timeline::selected);
        QSignalSpy silenced(m_timeline.get(), &Timeline::silenced);
        QSignalSpy chosen(m_timeline.get(), &Timeline::chosen);
        const int y = Timeline::heightOf(3) - (Timeline::heightOf(2) - Timeline::heightOf(1)) / 2;
        const auto at = [&](int frame) { return QPoint(qRound(m_timeline->xOf(frame + 0.5)), y); };
        QTest::mousePress(m_timeline.get(), Qt::LeftButton, {}, at(60));
        QTest::mouseMove(m_timeline.get(), at(40));
        QTest::mouseRelease(m_timeline.get(), Qt::LeftButton, {}, at(40));
        QCOMPARE(selected.size(), 1);
        QCOMPARE(silenced.size(), 1);
        QCOMPARE(silenced.first().at(1).toInt(), 40);
        QCOMPARE(silenced.first().at(2).toInt(), 60);
        QVERIFY(chosen.isEmpty());
        QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, at(25)); // a click goes there
        QCOMPARE(silenced.size(), 1);
        QCOMPARE(chosen.takeFirst().first().toInt(), 25);
        m_timeline->select({});
        for (const int finding : {1, 2, 9}) { // the lane is behind the masks
            QTest::keyClick(m_timeline.get(), Qt::Key_Down);
            QCOMPARE(selected.takeLast().first().value<base::FindingId>(), base::FindingId{finding});
        }
        m_timeline->setItems({});
        m_timeline->select({});
        QTest::keyClick(m_timeline.get(), Qt::Key_Down); // past the words that there is no mask
        QCOMPARE(selected.takeLast().first().value<base::FindingId>(), base::FindingId{9});
    }

    void soundFollowsTheTimesOfTheFrames_data() {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::addColumn<qint64>("fromMs");
        QTest::addColumn<qint64>("toMs");
        QTest::newRow("within") << 2 << 2 << qint64{33} << qint64{1001};
        QTest::newRow("up to the next frame, however late it comes")
            << 3 << 3 << qint64{1000} << qint64{5000};
        QTest::newRow("from before the first") << 1 << 2 << qint64{0} << qint64{1001};
        QTest::newRow("until behind the last") << 4 << 4 << qint64{5000} << qint64{model::Mute::kEndMs};
    }
    void soundFollowsTheTimesOfTheFrames() {
        QFETCH(int, first);
        QFETCH(int, last);
        QFETCH(qint64, fromMs);
        QFETCH(qint64, toMs);
        const ui::views::image::Clip clip{4, 1.0, {0, 33'366, 1'000'700, 5'000'000}};
        QVERIFY(clip.timed());
        QCOMPARE(clip.soundOf(first, last), (model::Mute::Range{fromMs, toMs}));
        QCOMPARE(qRound(clip.placeOf(fromMs)), first);
        QVERIFY(clip.placeOf(toMs) >= last + (last == 4 ? 1.0 : 0.99));
        QVERIFY(!(ui::views::image::Clip{4, 1.0, {0, 1}}.timed())); // of another number of frames
    }

    void draggingTheEndOfABarChangesItsFrames_data() {
        QTest::addColumn<int>("finding");
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::newRow("end") << 2 << 61.0 << 80.5 << 21 << 80;
        QTest::newRow("start") << 2 << 21.0 << 10.5 << 10 << 60;
        QTest::newRow("not beyond its start") << 2 << 61.0 << 5.5 << 21 << 21;
        QTest::newRow("of a mask that is everywhere") << 1 << 101.0 << 50.5 << 1 << 50;
    }
    void draggingTheEndOfABarChangesItsFrames() {
        QFETCH(int, finding);
        QFETCH(double, from);
        QFETCH(double, to);
        QFETCH(int, first);
        QFETCH(int, last);
        m_timeline->select(base::FindingId{finding});
        QSignalSpy changed(m_timeline.get(), &Timeline::changed);
        const int rows = Timeline::heightOf(2) - Timeline::heightOf(1);
        const int y = Timeline::heightOf(finding) - rows / 2;
        const auto x = [&](double frame) {
            return std::min(qRound(m_timeline->xOf(frame)), m_timeline->width() - 1);
        };
        QTest::mousePress(m_timeline.get(), Qt::LeftButton, {}, QPoint(x(from), y));
        QTest::mouseMove(m_timeline.get(), QPoint(x(to), y));
        QTest::mouseRelease(m_timeline.get(), Qt::LeftButton, {}, QPoint(x(to), y));
        QCOMPARE(changed.size(), 1);
        const auto mask = changed.first().at(1).value<model::Mask>();
        QCOMPARE(mask.frames.first, first);
        QCOMPARE(mask.frames.last, last);
    }

    void zoomKeepsThePresentFrameInView() {
        m_timeline->setFrame(90);
        for (int i = 0; i < 20; ++i) {
            QWheelEvent event(QPointF(300, 5), m_timeline->mapToGlobal(QPointF(300, 5)), {}, {0, 240},
                              Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(m_timeline.get(), &event);
        }
        m_timeline->setFrame(91);
        QVERIFY(m_timeline->xOf(91) >= 0 && m_timeline->xOf(92) <= m_timeline->width());
        QVERIFY(m_timeline->xOf(92) - m_timeline->xOf(91) > 20);
    }

    void tellsWhereItIs() {
        m_timeline->setFrame(26);
        QVERIFY(m_timeline->accessibleDescription().contains(QStringLiteral("26")));
        QVERIFY(m_timeline->accessibleDescription().contains(QStringLiteral("00:00:01.000")));
    }

private:
    std::unique_ptr<Timeline> m_timeline;
};

QTEST_MAIN(TestTimeline)
#include "TestTimeline.moc"
