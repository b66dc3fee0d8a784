#include "tests/journeys/WindowHand.h"

#include <QComboBox>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextEdit>
#include <algorithm>
#include <vector>

#include "core/base/FileIo.h"
#include "core/decide/Rules.h"
#include "core/review/Confirm.h"
#include "ui/shell/SignInDialog.h"
#include "ui/views/image/ImageView.h"

namespace journeys {

bool until(const std::function<bool()>& met, int ms) {
    QElapsedTimer clock;
    clock.start();
    while (!met()) {
        if (clock.elapsed() > ms) {
            return false;
        }
        QTest::qWait(1);
    }
    return true;
}

bool untilDone(const std::function<void()>& act, const std::function<bool()>& met) {
    constexpr int kAgainMs = 300;
    QElapsedTimer clock;
    return until([&] {
        if (!clock.isValid() || clock.elapsed() > kAgainMs) {
            act();
            clock.start();
        }
        return met();
    });
}

using namespace kamei;
using ui::shell::Route;
using ui::shell::ScreenId;
using ui::views::image::ImageCanvas;
using ui::views::image::ImageView;

void WindowHand::go(ScreenId screen, base::AssetId asset, base::FindingId finding) const {
    Route route;
    route.screen = screen;
    route.asset = asset;
    route.finding = finding;
    m_window.context().go(route);
}

void WindowHand::signIn(const QString& name, keys::Role role, const QString& passphrase) const {
    QTest::mouseClick(widget<QPushButton>("top.user"), Qt::LeftButton);
    auto* dialog = m_window.findChild<ui::shell::SignInDialog*>();
    QVERIFY(dialog != nullptr);
    const auto field = [dialog](const char* id) { return dialog->findChild<QLineEdit*>(QLatin1String(id)); };
    auto* key = dialog->findChild<QComboBox*>(QStringLiteral("signIn.key"));
    const int known = key->findText(name, Qt::MatchStartsWith);
    if (known >= 0) {
        key->setCurrentIndex(known);
        QTest::keyClicks(field("signIn.passphrase"), passphrase);
    } else {
        if (key->count() > 0) { // else the page that makes a key stands open
            QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("signIn.toNew")),
                              Qt::LeftButton);
        }
        field("signIn.name")->clear();
        QTest::keyClicks(field("signIn.name"), name);
        auto* roles = dialog->findChild<QComboBox*>(QStringLiteral("signIn.role"));
        roles->setCurrentIndex(roles->findData(static_cast<int>(role)));
        QTest::keyClicks(field("signIn.first"), passphrase);
        QTest::keyClicks(field("signIn.second"), passphrase);
    }
    auto* ok = dialog->findChild<QPushButton*>(QStringLiteral("signIn.ok"));
    QTRY_VERIFY(ok->isEnabled());
    QTest::mouseClick(ok, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_window.context().identity() && m_window.context().reviewer() == name &&
                                 m_window.findChild<ui::shell::SignInDialog*>() == nullptr,
                             kLongMs);
    // Where no window manager gives the focus back when the dialog closes.
    m_window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_window));
}

void WindowHand::makeWorkspace(const std::filesystem::path& folder, const QString& title) const {
    QTest::keyClick(&m_window, Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(widget<QLineEdit>("new.title") != nullptr);
    QTest::keyClicks(widget<QLineEdit>("new.title"), title);
    QTest::keyClicks(widget<QWidget>("new.purpose"), "Testing");
    auto* path = widget<QLineEdit>("new.folder");
    path->selectAll();
    QTest::keyClicks(path, QString::fromStdString(folder.string()));
    QTest::mouseClick(widget<QPushButton>("new.create"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_window.context().session() != nullptr, kLongMs);
    QVERIFY(session().writable());
    m_window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_window));
}

void WindowHand::dropFolder(const std::filesystem::path& folder) const {
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(QString::fromStdString(folder.string()))});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&m_window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&m_window, &drop);
}

std::vector<base::AssetId> WindowHand::assetsOf(const std::string& file) const {
    std::vector<base::AssetId> out;
    const auto rows = session().assets({});
    for (const job::AssetRow& row : rows.value()) {
        const auto sources = session().sources(row.asset.id);
        if (!sources->empty() && sources->front().path.filename() == file) {
            out.push_back(row.asset.id);
        }
    }
    return out;
}

base::FindingId WindowHand::questionOf(base::AssetId asset) const {
    job::FindingQuery query;
    query.asset = asset;
    const auto findings = session().findings(query);
    const auto found = std::ranges::find_if(*findings, decide::asksToLook);
    return found == findings->end() ? base::FindingId{} : found->id;
}

std::int64_t WindowHand::masksOf(base::AssetId asset) const {
    job::FindingQuery query;
    query.asset = asset;
    const auto present = session().findings(query);
    return std::ranges::count_if(*present, [](const model::Finding& finding) {
        return finding.origin == model::Origin::Person && finding.effective() == model::Action::Mask;
    });
}

ImageCanvas* WindowHand::canvas() const {
    for (auto* found : m_window.findChildren<ImageCanvas*>()) {
        if (found->isVisible() && found->width() > 100) {
            return found;
        }
    }
    return nullptr;
}

void WindowHand::dragOver(ImageCanvas& canvas, const QRect& box) const {
    canvas.setTool(ui::views::image::Tool::Box);
    const QPoint from = canvas.toWidget().map(QPointF(box.topLeft())).toPoint();
    const QPoint to = canvas.toWidget().map(QPointF(box.bottomRight())).toPoint();
    QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
    QTest::mouseMove(&canvas, (from + to) / 2);
    QTest::mouseMove(&canvas, to);
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
}

ImageView* WindowHand::pictureOf(base::AssetId asset) const {
    go(ScreenId::Work, asset, questionOf(asset));
    ImageView* view = nullptr;
    const bool there = until([&] {
        ImageCanvas* const found = canvas();
        view = nullptr;
        for (QWidget* up = found; up != nullptr && view == nullptr; up = up->parentWidget()) {
            view = qobject_cast<ImageView*>(up);
        }
        // The canvas is emptied when another asset is to be shown.
        return view != nullptr && view->asset() == asset && !found->pictureSize().isEmpty() && idle();
    });
    return there ? view : nullptr;
}

void WindowHand::drawBox(base::AssetId asset, const QRect& box) const {
    QVERIFY(pictureOf(asset) != nullptr);
    const auto before = masksOf(asset);
    dragOver(*canvas(), box);
    QVERIFY(until([&] { return masksOf(asset) == before + 1; }));
}

void WindowHand::maskEndoscopy(base::AssetId asset) const {
    ImageView* const view = pictureOf(asset);
    QVERIFY(view != nullptr);
    ImageCanvas* const found = canvas();
    const auto masks = [view] {
        std::vector<model::Mask> out;
        for (const auto& item : view->masks()) {
            if (item.ofPerson) {
                out.push_back(item.mask);
            }
        }
        return out;
    };
    dragOver(*found, {2, 2, 200, 44});
    QTRY_COMPARE_WITH_TIMEOUT(masks().size(), 1U, kLongMs);
    view->setFrame(30);
    QTest::keyClick(found, Qt::Key_O);
    QTRY_COMPARE_WITH_TIMEOUT(masks().front().frames, (model::FrameRange{1, 30}), kLongMs);
    view->setFrame(61);
    dragOver(*found, {0, 0, 320, 240});
    QTRY_COMPARE_WITH_TIMEOUT(masks().size(), 2U, kLongMs);
    QTest::keyClick(found, Qt::Key_I);
    QTRY_COMPARE_WITH_TIMEOUT(masks().back().frames, (model::FrameRange{61, 75}), kLongMs);
    // Where the mucosa was taken for a face, a person says so, with a reason.
    job::FindingQuery query;
    query.asset = asset;
    query.openOnly = true;
    const auto open = session().findings(query);
    for (const model::Finding& finding : *open) {
        if (finding.origin != model::Origin::Face || finding.locator.frames.first >= 45) {
            continue;
        }
        go(ScreenId::Work, asset, finding.id);
        auto* reason = widget<QLineEdit>("findingReason");
        QVERIFY(reason != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(reason->isVisible() && idle(), kLongMs);
        reason->setFocus();
        QTest::keyClicks(reason, "mucosa");
        QTest::mouseClick(widget<QPushButton>("rejectButton"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT((*session().finding(finding.id))->state == model::DecisionState::Rejected,
                                 kLongMs);
    }
}

void WindowHand::acceptEverythingByKey() const {
    auto* accept = widget<QPushButton>("acceptButton");
    auto* reason = widget<QLineEdit>("findingReason");
    QVERIFY(accept != nullptr && reason != nullptr);
    job::FindingQuery any;
    any.openOnly = true;
    any.limit = 1;
    for (;;) {
        const auto open = session().findings(any);
        QVERIFY(open);
        if (open->empty()) {
            return;
        }
        job::FindingQuery ofAsset;
        ofAsset.asset = open->front().asset;
        ofAsset.openOnly = true;
        go(ScreenId::Work, open->front().asset, open->front().id);
        const auto left = [&] { return session().countFindings(ofAsset).value_or(0); };
        // The next of the same data is chosen by itself.
        for (std::int64_t before = left(); before > 0; before = left()) {
            const auto press = [&] {
                if (!accept->isVisible() || !accept->isEnabled()) {
                    return;
                }
                QTest::keyClick(&m_window, Qt::Key_A);
                if (reason->hasFocus() && reason->property("invalid").toBool()) {
                    QTest::keyClicks(reason, "looked at from all sides");
                    QTest::keyClick(reason, Qt::Key_Return);
                }
            };
            QVERIFY2(untilDone(press, [&] { return left() < before; }), open->front().rule.c_str());
        }
    }
}

std::int64_t WindowHand::waitingForMe() const {
    const model::Policy policy = session().info()->policy;
    const auto rows = session().assets({});
    std::int64_t out = 0;
    for (const job::AssetRow& row : *rows) {
        const auto said = session().confirmations(row.asset.id);
        const auto standing = review::standingOf(
            *said, session().stagedDigest(row.asset.id).value_or(base::Sha256{}), row.asset.kind, policy);
        const bool mine = standing.people.contains(m_window.context().reviewer().toStdString());
        out += !row.confirmed || (!standing.complete() && !mine) ? 1 : 0;
    }
    return out;
}

void WindowHand::confirmEverythingByKeys(std::int64_t& confirmed) const {
    go(ScreenId::Confirm);
    auto* confirm = widget<QPushButton>("confirmButton");
    QVERIFY(confirm != nullptr);
    const std::int64_t waiting = waitingForMe();
    const int number = session().subscribe([&confirmed](const job::Change& change) {
        confirmed += change.kind == job::Change::Kind::Confirmations ? 1 : 0;
    });
    bool went = true;
    for (std::int64_t done = 0; done < waiting && went; done = confirmed) {
        went = until([&] {
            if (confirm->isEnabled()) {
                QTest::keyClick(&m_window, Qt::Key_Return);
            } else {
                QTest::keyClick(&m_window, Qt::Key_Space);
            }
            return confirmed > done;
        });
        // What follows is not there at once.
        static_cast<void>(until([&] { return !confirm->isEnabled(); }, 2000));
    }
    session().unsubscribe(number);
    QVERIFY(went);
}

void WindowHand::fillInTheSheet() const {
    go(ScreenId::Release);
    QTRY_VERIFY(widget<QPushButton>("release.editSheet") != nullptr);
    auto* edit = widget<QPushButton>("release.editSheet");
    QTRY_VERIFY(edit->isEnabled());
    QTest::mouseClick(edit, Qt::LeftButton);
    QTRY_VERIFY(widget<QWidget>("sheetDialog") != nullptr);
    const auto fields = widget<QWidget>("sheetDialog")->findChildren<QWidget*>();
    for (QWidget* field : fields) {
        const auto* line = qobject_cast<QLineEdit*>(field);
        const auto* plain = qobject_cast<QPlainTextEdit*>(field);
        const auto* rich = qobject_cast<QTextEdit*>(field);
        const QString text = line != nullptr    ? line->text()
                             : plain != nullptr ? plain->toPlainText()
                             : rich != nullptr  ? rich->toPlainText()
                                                : QStringLiteral("-"); // no field to write in
        if (field->objectName().startsWith("sheet.") && text.isEmpty()) {
            QTest::keyClicks(field, "given");
        }
    }
    QTest::mouseClick(widget<QPushButton>("sheet.save"), Qt::LeftButton);
    QTRY_COMPARE(session().sheet()->responsible, std::string("given"));
}

void WindowHand::releaseTo(const std::filesystem::path& out) const {
    QTest::mouseClick(widget<QPushButton>("release.check"), Qt::LeftButton);
    auto* folder = widget<QLineEdit>("release.folder");
    QVERIFY(folder != nullptr);
    folder->selectAll();
    QTest::keyClicks(folder, QString::fromStdString(out.string()));
    auto* release = widget<QPushButton>("release.release");
    QVERIFY(until([&] { return release->isEnabled(); }));
    QTest::mouseClick(release, Qt::LeftButton);
    QTRY_VERIFY(widget<QPushButton>("destroy.ok") != nullptr); // there is no way back: it is asked
    QTest::mouseClick(widget<QPushButton>("destroy.ok"), Qt::LeftButton);
    QVERIFY(until([&] { return std::filesystem::exists(out / "manifest.json") && idle(); }, 10 * kLongMs));
}

std::map<std::string, base::Sha256> digestsOf(const std::filesystem::path& folder) {
    std::map<std::string, base::Sha256> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            out[entry.path().string()] = base::sha256(base::readFile(entry.path(), 1U << 30).value_or(""));
        }
    }
    return out;
}

} // namespace journeys
