#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QToolButton>

#include "core/decide/Rules.h"
#include "core/demo/Endoscopy.h"
#include "core/model/Mute.h"
#include "tests/support/Heard.h"
#include "tests/ui/work/Bench.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/image/SoundBar.h"
#include "ui/views/image/Timeline.h"

using namespace kamei;
using ui::views::image::ImageCanvas;
using ui::views::image::ImageView;
using ui::views::image::SoundBar;
using ui::views::image::Timeline;

namespace {

constexpr int kRate = 16'000; ///< of the demo's sound
constexpr int kFrames = 15;   ///< a second

/// In seconds.
double loudness(const std::vector<std::int16_t>& samples, double from, double to) {
    return test::loudness(samples, from * kRate, to * kRate);
}

} // namespace

/// The sound of a video: removed, or kept with silent ranges for a reason, by mouse and keys; and what is
/// then heard in the file that leaves.
class TestSound : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        const bench::fs::path root = m_bench.folder.path().toStdString();
        m_source = root / "video" / "endoscopy.mp4";
        bench::fs::create_directories(root / "video");
        QVERIFY(demo::writeEndoscopy(demo::people().front(), root / "video", "endoscopy.mp4").has_value());
        QVERIFY(bench::run(job::importJob(m_bench.session, {{root / "video"}, 1, "test"})) >= 0);
        QVERIFY(bench::run(job::detectJob(m_bench.session, {1, false, "test"})) >= 0);
        const auto rows = *m_bench.session->assets({});
        for (const auto& row : rows) {
            m_asset = row.asset.kind == model::AssetKind::Video ? row.asset.id : m_asset;
        }
        QVERIFY(m_asset.valid());
        QVERIFY(sound().id.valid());
        m_view = std::make_unique<ImageView>(m_bench.context);
        m_view->resize(1000, 700);
        for (QAction* action : m_bench.actions.all()) {
            m_view->addAction(action);
        }
        m_view->setVisible(true);
        m_view->activateWindow();
        QSignalSpy shown(m_view.get(), &ImageView::frameShown);
        m_view->show(m_asset);
        QTRY_VERIFY(!shown.isEmpty());
        m_canvas = m_view->findChild<ImageCanvas*>();
        m_timeline = m_view->findChild<Timeline*>();
        m_bar = m_view->findChild<SoundBar*>();
        QTRY_VERIFY(m_timeline->isVisible());
        QTRY_VERIFY(m_timeline->accessibleDescription().contains("not part of the release"));
        QVERIFY(!m_bar->isVisible());
    }

    void keysGoToTheScenes() {
        QTRY_VERIFY(m_timeline->accessibleDescription().contains("1 new scene"));
        m_view->setFrame(5);
        QTest::keyClick(m_canvas, Qt::Key_BracketRight);
        QCOMPARE(m_view->frame(), 61); // the face of the demo
        QTest::keyClick(m_canvas, Qt::Key_BracketRight);
        QCOMPARE(m_view->frame(), 61);
        QTest::keyClick(m_canvas, Qt::Key_BracketLeft);
        QCOMPARE(m_view->frame(), 1);
    }

    void withoutAReasonNothingIsDecided() {
        select();
        dragOver(16, 30);
        QTRY_VERIFY(m_bar->item()->unsaid);
        QCOMPARE(m_bar->item()->mute.ranges.size(), 1U);
        QCOMPARE(sound().state, model::DecisionState::Open); // as it was: removed
        QVERIFY(m_timeline->accessibleDescription().contains("not decided yet"));
        reason()->clear();
        QTest::keyClick(reason(), Qt::Key_Return);
        QCOMPARE(sound().state, model::DecisionState::Open);
    }

    void aReasonDecides() {
        reason()->setFocus();
        QTest::keyClicks(reason(), "consent covers the lecture");
        QTest::keyClick(reason(), Qt::Key_Return);
        QTRY_COMPARE(sound().state, model::DecisionState::Changed);
        QCOMPARE(sound().action, model::Action::Clean);
        QCOMPARE(sound().reason, std::string("consent covers the lecture"));
        // Frames 16 to 30 of 15 a second: the second second.
        QCOMPARE(ranges(), (std::vector<model::Mute::Range>{{1000, 2000}}));
        QTRY_VERIFY(m_timeline->accessibleDescription().contains("silent in 1"));
    }

    void keysMarkARange() {
        settle();
        m_view->setFrame(46);
        QTest::keyClick(m_canvas, Qt::Key_I);
        m_view->setFrame(52);
        QTest::keyClick(m_canvas, Qt::Key_O);
        QTRY_COMPARE(ranges().size(), 2U);
        QCOMPARE(ranges().back(), (model::Mute::Range{3000, 3467})); // rounded outwards
        // The last picture with what is heard behind it.
        settle();
        m_view->setFrame(70);
        QTest::keyClick(m_canvas, Qt::Key_I);
        m_view->setFrame(75);
        QTest::keyClick(m_canvas, Qt::Key_O);
        QTRY_COMPARE(ranges().size(), 3U);
        QCOMPARE(ranges().back().toMs, model::Mute::kEndMs);
        settle();
    }

    void rangesAreListedAndRemoved() {
        auto* list = m_bar->findChild<QComboBox*>("soundRanges");
        QTRY_COMPARE(list->count(), 3);
        QVERIFY(list->itemText(1).contains("00:03.000 – 00:03.467"));
        list->setCurrentIndex(2);
        emit list->activated(2);
        QCOMPARE(m_view->frame(), 70);
        QTest::mouseClick(m_bar->findChild<QPushButton*>("soundRemoveRange"), Qt::LeftButton);
        QTRY_COMPARE(ranges().size(), 2U);
        m_bench.context.undoStack().undo();
        QTRY_COMPARE(ranges().size(), 3U);
        m_bench.context.undoStack().redo();
        QTRY_COMPARE(ranges().size(), 2U);
        QCOMPARE(sound().reason, std::string("consent covers the lecture"));
        settle();
    }

    void theFileIsSilentThereAndHeardElsewhere() {
        if (QStandardPaths::findExecutable("ffmpeg").isEmpty()) {
            QSKIP("ffmpeg is not installed");
        }
        const auto before = test::heard(QString::fromStdString(m_source.string()), kRate);
        const auto after = test::heard(QString::fromStdString(staged()), kRate);
        QVERIFY(std::abs(double(after.size()) - double(before.size())) < 0.15 * kRate);
        for (const auto& [from, to] : {std::pair(1.0, 2.0), std::pair(3.0, 3.467)}) {
            QVERIFY(loudness(before, from, to) > 500);
            QVERIFY2(loudness(after, from, to) < 30, qPrintable(QString::number(loudness(after, from, to))));
        }
        for (const auto& [from, to] : {std::pair(0.2, 0.9), std::pair(2.1, 2.9), std::pair(3.6, 4.8)}) {
            const double share = loudness(after, from, to) / loudness(before, from, to);
            QVERIFY2(share > 0.7 && share < 1.4, qPrintable(QString::number(share)));
        }
    }

    void theLastRangeTakesTheSoundAway() {
        auto* remove = m_bar->findChild<QPushButton*>("soundRemoveRange");
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_COMPARE(ranges().size(), 1U);
        settle();
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_COMPARE(sound().state, model::DecisionState::Accepted);
        QCOMPARE(sound().action, model::Action::Delete);
        if (QStandardPaths::findExecutable("ffprobe").isEmpty()) {
            QSKIP("ffprobe is not installed");
        }
        const QByteArray streams =
            test::printed("ffprobe", {"-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0",
                                      QString::fromStdString(staged())});
        QVERIFY(streams.contains("video"));
        QVERIFY(!streams.contains("audio"));
    }

    void allOfItStaysForAReasonOnly() {
        settle();
        QTest::mouseClick(m_bar->findChild<QToolButton*>("soundWhole"), Qt::LeftButton);
        QVERIFY(m_bar->item()->unsaid);
        QCOMPARE(sound().action, model::Action::Delete);
        reason()->clear();
        QTest::keyClicks(reason(), "nobody speaks");
        QTest::keyClick(reason(), Qt::Key_Return);
        QTRY_COMPARE(sound().action, model::Action::Keep);
        settle();
        QTest::mouseClick(m_bar->findChild<QToolButton*>("soundRemoved"), Qt::LeftButton);
        QTRY_COMPARE(sound().action, model::Action::Delete);
    }

    void cleanupTestCase() { m_view.reset(); }

private:
    model::Finding sound() {
        job::FindingQuery query;
        query.asset = m_asset;
        const auto findings = *m_bench.session->findings(query);
        const auto found = std::ranges::find_if(findings, decide::isSound);
        return found == findings.end() ? model::Finding{} : *found;
    }
    std::vector<model::Mute::Range> ranges() {
        const auto mute = model::muteFromJson(sound().method);
        return mute ? mute->ranges : std::vector<model::Mute::Range>{};
    }
    QLineEdit* reason() { return m_bar->findChild<QLineEdit*>("soundReason"); }
    /// The bar shows what the workspace holds.
    void settle() {
        QTRY_VERIFY(!m_bar->item()->unsaid && m_bar->item()->mute.ranges == ranges() &&
                    !m_bar->item()->open == (sound().state != model::DecisionState::Open) &&
                    (m_bar->item()->fate == ui::views::image::SoundItem::Fate::Removed) ==
                        (sound().action == model::Action::Delete));
    }
    int laneY() {
        const int row = Timeline::heightOf(2) - Timeline::heightOf(1);
        return m_timeline->sizeHint().height() - row / 2 - 2;
    }
    void select() {
        QTest::mouseClick(m_timeline, Qt::LeftButton, {}, QPoint(20, laneY()));
        QTRY_VERIFY(m_bar->isVisible());
        QVERIFY(m_bar->item().has_value());
    }
    void dragOver(int first, int last) {
        const auto at = [&](int frame) { return QPoint(qRound(m_timeline->xOf(frame + 0.5)), laneY()); };
        QTest::mousePress(m_timeline, Qt::LeftButton, {}, at(last));
        QTest::mouseMove(m_timeline, at(first));
        QTest::mouseRelease(m_timeline, Qt::LeftButton, {}, at(first));
    }
    std::string staged() {
        if (bench::run(job::stageJob(m_bench.session, {1, 0, 0, m_asset, "test"})) < 0) {
            return {};
        }
        const auto files = *m_bench.session->staged(m_asset);
        return files.empty() ? std::string() : (m_bench.session->folder() / files.front().path).string();
    }

    bench::Bench m_bench{1};
    bench::fs::path m_source;
    base::AssetId m_asset;
    std::unique_ptr<ImageView> m_view;
    ImageCanvas* m_canvas = nullptr;
    Timeline* m_timeline = nullptr;
    SoundBar* m_bar = nullptr;
};

QTEST_MAIN(TestSound)
#include "TestSound.moc"
