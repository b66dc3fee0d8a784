#include <QAction>
#include <QSignalSpy>
#include <QToolButton>

#include "core/decide/Masks.h"
#include "core/demo/Demo.h"
#include "tests/ui/work/Bench.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/image/Timeline.h"

using namespace kamei;
using ui::views::image::ImageCanvas;
using ui::views::image::ImageView;
using ui::views::image::Timeline;

/// Masks that move through an ultrasound clip: drawn, keyed and cut with mouse and keys, kept in the
/// workspace.
class TestClip : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        base::NoProgress quiet;
        const bench::fs::path root = m_bench.folder.path().toStdString();
        QVERIFY(demo::writeDemo(root / "demo", {}, quiet).has_value());
        QCOMPARE(bench::run(job::importJob(m_bench.session, {{root / "demo" / "cohort"}, 1, "test"})) >= 0,
                 true);
        const auto rows = *m_bench.session->assets({}); // a range-for keeps no part of a temporary alive
        for (const auto& row : rows) {
            if (row.asset.modality == "US" && row.asset.frames > 1) {
                m_asset = row.asset.id;
                m_frames = static_cast<int>(row.asset.frames);
            }
        }
        QVERIFY(m_asset.valid());
        m_view = std::make_unique<ImageView>(m_bench.context);
        m_view->resize(1000, 700);
        for (QAction* action : m_bench.actions.all()) {
            m_view->addAction(action);
        }
        QSignalSpy shown(m_view.get(), &ImageView::frameShown);
        m_view->setVisible(true);
        m_view->activateWindow();
        m_view->show(m_asset);
        QTRY_VERIFY(!shown.isEmpty());
        m_canvas = m_view->findChild<ImageCanvas*>();
        m_timeline = m_view->findChild<Timeline*>();
        QTRY_VERIFY(m_timeline->isVisible());
    }

    void drawsABoxThatIsThereThroughout() {
        QTest::keyClick(m_canvas, Qt::Key_B);
        drag(QPointF(30, 20), QPointF(90, 60));
        QTRY_COMPARE(masks().size(), 1U);
        QVERIFY(masks().front().frames.all());
        QVERIFY(masks().front().track.empty());
        m_finding = masks().front().finding;
        settle();
    }

    void movesBetweenKeyFrames() {
        QTest::keyClick(m_canvas, Qt::Key_V);
        m_view->selectFinding(m_finding);
        const model::RectPx start = masks().front().rect;
        QTest::keyClick(m_canvas, Qt::Key_N);
        QTRY_COMPARE(masks().front().track.size(), 1U);
        settle();
        QCOMPARE(masks().front().track.front(), (model::TrackKey{1, start}));
        m_view->setFrame(m_frames);
        QTest::keyClick(m_canvas, Qt::Key_N);
        QTRY_COMPARE(masks().front().track.size(), 2U);
        settle();
        // Moved on the last frame: only its key changes.
        for (int i = 0; i < 3; ++i) {
            const auto wanted = start.x + 10 * (i + 1);
            QTest::keyClick(m_canvas, Qt::Key_Right, Qt::ShiftModifier);
            QTRY_COMPARE(lastKey().rect.x, wanted);
            settle();
        }
        QCOMPARE(masks().front().track.front().rect.x, start.x);
        const int middle = 1 + (m_frames - 1) / 2;
        const auto between = model::figureAt(masks().front(), middle).rect.x;
        QVERIFY(between > start.x && between < start.x + 30);
        m_bench.context.undoStack().undo();
        QTRY_COMPARE(lastKey().rect.x, start.x); // nudges in a row are one step; the keys stay
    }

    void beginsAndEndsWhereItIsTold() {
        settle();
        m_view->setFrame(3);
        QTest::keyClick(m_canvas, Qt::Key_I);
        QTRY_COMPARE(masks().front().frames.first, 3);
        settle();
        m_view->setFrame(5);
        QTest::keyClick(m_canvas, Qt::Key_O);
        QTRY_COMPARE(masks().front().frames.last, 5);
        const auto stored = masks().front();
        QVERIFY(model::rasterise({stored}, 2, 640, 480).bounds() == model::RectPx{});
        QVERIFY(model::rasterise({stored}, 4, 640, 480).bounds().width > 0);
    }

    void aRemovedLastKeyLetsTheMaskRest() {
        settle();
        m_view->setFrame(1);
        auto* remove = m_view->findChild<QToolButton*>(QStringLiteral("clipNoKey"));
        QTRY_VERIFY(remove->isEnabled());
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_COMPARE(masks().front().track.size(), 1U);
        settle();
        m_view->setFrame(m_frames);
        QTRY_VERIFY(remove->isEnabled());
        const auto last = masks().front().track.front().rect;
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_VERIFY(masks().front().track.empty());
        QCOMPARE(masks().front().rect, last);
    }

    void followsWhatItCovers() {
        settle();
        m_view->setFrame(3);
        m_view->selectFinding(m_finding);
        auto* track = m_view->findChild<QToolButton*>(QStringLiteral("clipTrack"));
        QTRY_VERIFY(track->isEnabled());
        const auto before = masks().front();
        QVERIFY(before.track.empty());
        QTest::keyClick(m_canvas, Qt::Key_T);
        QTRY_VERIFY(masks().front().track.size() >= 2);
        const auto after = masks().front();
        QCOMPARE(after.track.front(), (model::TrackKey{3, before.rect}));
        QCOMPARE(after.frames, before.frames); // where it is there stays a person's decision
        m_bench.context.undoStack().undo();
        QTRY_COMPARE(masks().front(), before);
    }

    void cleanupTestCase() { m_view.reset(); }

private:
    /// The view has read what the workspace holds.
    void settle() {
        QTRY_VERIFY(std::ranges::any_of(m_view->masks(), [this](const auto& item) {
            return item.finding == m_finding && item.mask == masks().front();
        }));
    }
    void drag(const QPointF& from, const QPointF& to) {
        const auto at = [this](const QPointF& p) { return m_canvas->toWidget().map(p).toPoint(); };
        QTest::mousePress(m_canvas, Qt::LeftButton, {}, at(from));
        QTest::mouseMove(m_canvas, at(to));
        QTest::mouseRelease(m_canvas, Qt::LeftButton, {}, at(to));
    }
    model::TrackKey lastKey() {
        const auto found = masks();
        return found.empty() || found.front().track.empty() ? model::TrackKey{} : found.front().track.back();
    }
    /// Masks that a person drew, as the workspace holds them.
    std::vector<model::Mask> masks() {
        std::vector<model::Mask> out;
        job::FindingQuery query;
        query.asset = m_asset;
        const auto findings = *m_bench.session->findings(query);
        for (const auto& finding : findings) {
            if (finding.origin == model::Origin::Person) {
                out.push_back(*decide::maskOf(finding));
            }
        }
        return out;
    }

    bench::Bench m_bench{1};
    base::AssetId m_asset;
    int m_frames = 0;
    std::unique_ptr<ImageView> m_view;
    ImageCanvas* m_canvas = nullptr;
    Timeline* m_timeline = nullptr;
    base::FindingId m_finding;
};

QTEST_MAIN(TestClip)
#include "TestClip.moc"
