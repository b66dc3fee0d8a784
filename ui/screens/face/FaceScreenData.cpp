// What the Face screen reads and records; its looks stand in FaceScreen.cpp.
#include <QBuffer>
#include <QListView>
#include <QUndoCommand>
#include <algorithm>
#include <cmath>

#include "core/job/Assessment.h"
#include "ui/screens/face/FaceListModel.h"
#include "ui/screens/face/FaceScreen.h"
#include "ui/screens/face/FaceViewer.h"
#include "ui/screens/face/MaskEditor.h"
#include "ui/screens/face/RemovalBox.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/FaceWords.h"
#include "ui/text/Words.h"
#include "ui/views/surface/Renderer.h"

namespace kamei::ui::screens::face {
namespace {

constexpr int kEvidencePx = 512;
constexpr std::array kViewWords{"front", "right-oblique", "right", "left-oblique", "left", "below"};

/// A stroke on the region, while it is not yet judged with.
class Stroke : public QUndoCommand {
public:
    using Use = std::function<bool(const std::shared_ptr<const model::VolumeMask>&)>;
    Stroke(std::shared_ptr<const model::VolumeMask> before, std::shared_ptr<const model::VolumeMask> after,
           Use use, const QString& words)
        : QUndoCommand(words), m_before(std::move(before)), m_after(std::move(after)), m_use(std::move(use)) {
    }
    void undo() override { setObsolete(!m_use(m_before)); }
    void redo() override {
        if (m_drawn) {
            setObsolete(!m_use(m_after));
        }
        m_drawn = true; // the first time it is on the screen already
    }

private:
    std::shared_ptr<const model::VolumeMask> m_before;
    std::shared_ptr<const model::VolumeMask> m_after;
    Use m_use;
    bool m_drawn = false;
};

/// What a person is singled out by; empty when not.
std::vector<risk::FieldValue> combinationOf(const risk::Analysis& analysis, base::SubjectId subject,
                                            bool& singledOut) {
    const auto found = std::ranges::find(analysis.singledOut, subject, &risk::SingledOut::subject);
    singledOut = subject.valid() && found != analysis.singledOut.end();
    return singledOut && !found->combinations.empty() ? found->combinations.front()
                                                      : std::vector<risk::FieldValue>();
}

} // namespace

void FaceScreen::read() {
    const auto session = context().session();
    if (!session) {
        return;
    }
    if (m_busy) {
        m_again = true;
        return;
    }
    m_busy = true;
    context().runner().look(
        this, [session] { return readFaces(*session); },
        [this, session](base::Expected<std::vector<FaceRow>> rows) {
            m_busy = false;
            if (session == context().session()) {
                if (rows) {
                    showRows(std::move(*rows));
                } else {
                    context().showError(rows.error());
                }
            }
            if (m_again) {
                m_again = false;
                m_soon.start();
            }
        });
}

void FaceScreen::showRows(std::vector<FaceRow> rows) {
    const FaceRow* old = current();
    const std::optional<FaceRow> before = old != nullptr ? std::optional(*old) : std::nullopt;
    m_model->setRows(std::move(rows));
    showCounts();
    const base::AssetId chosen = m_wanted.valid() ? std::exchange(m_wanted, {}) : m_asset;
    QModelIndex index = m_model->indexOf(chosen);
    if (!index.isValid() && m_model->rowCount() > 0) {
        index = m_model->index(0);
    }
    m_list->setCurrentIndex(index); // selects
    if (!index.isValid()) {
        select({});
        return;
    }
    const FaceRow* now = current();
    if (before && now != nullptr && before->row.asset.id == now->row.asset.id) {
        readScope(); // decisions elsewhere change who is singled out
        const bool processed = before->row.check.has_value() != now->row.check.has_value() ||
                               (now->row.check && before->row.check->at != now->row.check->at);
        if (processed && m_head) {
            showAfter();
        }
    }
    fillPanel();
}

void FaceScreen::select(base::AssetId asset) {
    if (asset == m_asset && asset.valid()) {
        return;
    }
    m_asset = asset;
    m_stop.request_stop();
    m_stop = {};
    ++m_generation;
    ++m_regionNumber;
    m_afterSoon.stop();
    m_head.reset();
    m_region.reset();
    m_touched = false;
    m_editor->set(nullptr, nullptr);
    m_context = {};
    m_failure.reset();
    showNotice();
    m_viewer->setEditable(false);
    const FaceRow* row = current();
    if (row == nullptr) {
        fillPanel();
        return;
    }
    m_removal = model::defaceFromJson(row->row.finding.method).value_or(model::Deface{});
    m_panel->removal().show(m_removal);
    m_panel->removal().setNotes({});
    fillPanel();
    readScope();
    loadHead();
}

void FaceScreen::showNotice() {
    const FaceRow* row = current();
    m_viewer->clear(row != nullptr ? titleOf(*row) : QString(),
                    row == nullptr ? tr("No head with a face to be judged. Heads of CT and MR are listed "
                                        "once candidates have been searched for.")
                    : m_failure    ? tr("The surface cannot be shown. %1").arg(text::volumeReason(*m_failure))
                                   : tr("Reading the volume…"));
}

void FaceScreen::readScope() {
    const auto session = context().session();
    const FaceRow* row = current();
    if (!session || row == nullptr) {
        return;
    }
    struct Read {
        FaceContext context;
    };
    context().runner().look(
        this,
        [session, finding = row->row.finding.id, subject = row->row.asset.subject] {
            FaceContext out;
            out.inFrame = job::scopeOf(*session, finding, false).value_or(1);
            out.inSubject = job::scopeOf(*session, finding, true).value_or(1);
            if (const auto info = session->info()) {
                out.purpose = text::fromUtf8(info->purpose);
            }
            if (const auto analysis = job::analyseRisk(*session)) {
                out.combination = combinationOf(*analysis, subject, out.singledOut);
            }
            return out;
        },
        [this, asset = m_asset](FaceContext read) {
            if (asset == m_asset) {
                read.sliceMm = m_context.sliceMm;
                m_context = std::move(read);
                fillPanel();
            }
        });
}

void FaceScreen::fillPanel() {
    const auto session = context().session();
    const FaceRow* row = current();
    m_context.reviewer = context().reviewer();
    m_context.writable = session && session->writable();
    m_context.rule = session && row != nullptr ? session->rules().find(row->row.finding.rule) : nullptr;
    m_panel->show(row != nullptr ? std::optional(*row) : std::nullopt, m_context);
}

void FaceScreen::loadHead() {
    context().runner().look(
        this,
        [session = context().session(), asset = m_asset, stop = m_stop.get_token()] {
            return views::surface::readHead(*session, asset, job::Side::Before, stop);
        },
        [this, generation = m_generation](base::Expected<HeadData> head) {
            if (generation != m_generation) {
                return;
            }
            if (head) {
                showHead(std::move(*head));
                return;
            }
            m_failure = head.error();
            showNotice();
        });
}

void FaceScreen::showHead(HeadData head) {
    const FaceRow* row = current();
    m_head = std::move(head);
    const auto& axis = m_head->volume->geometry.axes[2];
    m_context.sliceMm = std::hypot(axis[0], axis[1], axis[2]);
    m_viewer->setTitle(row != nullptr ? titleOf(*row) : QString(), factsOf(*m_head->volume));
    m_viewer->setBefore(*m_head,
                        row != nullptr && row->views > 0 ? std::optional(row->row.score) : std::nullopt);
    fillPanel();
    choiceChanged();
}

void FaceScreen::choiceChanged() {
    if (!m_head) {
        return;
    }
    const bool remove = m_panel->choice() == Choice::Remove;
    m_viewer->setDepth(m_removal.depthMm, remove && m_removal.shape == model::Deface::Shape::Shell);
    if (!remove) {
        ++m_regionNumber;
        m_editor->set(nullptr, nullptr);
        m_viewer->setEditable(false);
        showAfter();
    } else if (m_region) {
        showRegion(*m_region);
    } else {
        loadRegion(true);
    }
}

void FaceScreen::removalChanged(const model::Deface& removal) {
    m_removal = removal;
    m_removal.forgetMasks();
    m_touched = true;
    m_panel->removal().show(m_removal);
    m_region.reset();
    choiceChanged();
}

void FaceScreen::loadRegion(bool stored) {
    const FaceRow* row = current();
    if (row == nullptr || !m_head) {
        return;
    }
    m_viewer->setBusy();
    context().runner().look(
        this,
        [session = context().session(), finding = row->row.finding, volume = m_head->volume,
         wanted = m_removal, stored = stored && m_removal.mask.has_value(),
         stop = m_stop.get_token()] { return readRegion(*session, finding, *volume, wanted, stored, stop); },
        [this, generation = m_generation, number = ++m_regionNumber](base::Expected<Region> region) {
            if (generation != m_generation || number != m_regionNumber) {
                return;
            }
            if (region) {
                showRegion(std::move(*region));
                return;
            }
            m_viewer->setAfter({});
            m_panel->removal().setNotes(
                {tr("Nothing can be proposed. %1").arg(text::volumeReason(region.error()))});
        });
}

void FaceScreen::showRegion(Region region) {
    m_region = std::move(region);
    showRegionNotes();
    m_editor->set(m_region->mask, m_region->behind);
    m_viewer->setEditable(context().session() && context().session()->writable());
    showAfter();
}

void FaceScreen::showRegionNotes() {
    if (!m_region) {
        return;
    }
    QStringList notes;
    for (const std::string& word : m_region->method.notes) {
        const FaceRow* row = current();
        if (row == nullptr || !row->notes.contains(text::fromUtf8(word))) { // said among the evidence
            notes << text::volumeNoteName(text::fromUtf8(word));
        }
    }
    if (m_region->method.edited) {
        notes << tr("The region was edited by hand.");
    }
    m_panel->removal().setNotes(notes);
}

void FaceScreen::strokeDone() {
    if (!m_region) {
        return;
    }
    const auto use = [this, self = QPointer<FaceScreen>(this), generation = m_generation,
                      number = m_regionNumber](const std::shared_ptr<const model::VolumeMask>& mask) {
        // Of another head, or of a proposal that was thrown away since: nothing to take back.
        if (!self || generation != m_generation || number != m_regionNumber || !m_region) {
            return false;
        }
        m_region->mask = mask;
        m_editor->set(mask, m_region->behind);
        m_afterSoon.start();
        return true;
    };
    const auto before = m_region->mask;
    m_region->mask = m_editor->mask();
    m_region->method.edited = true;
    m_touched = true;
    showRegionNotes();
    context().undoStack().push(new Stroke(before, m_region->mask, use, tr("Edit the removed region")));
    m_afterSoon.start();
}

void FaceScreen::showAfter() {
    const FaceRow* row = current();
    const auto session = context().session();
    if (row == nullptr || !m_head || !session) {
        return;
    }
    // The processed file itself, where it is there and nothing of it was changed here since.
    const bool processed = row->row.check.has_value() && !m_touched;
    if (m_panel->choice() != Choice::Remove || (!processed && !m_region)) {
        m_viewer->setAfter({});
        return;
    }
    context().runner().look(
        this,
        [session, asset = m_asset, head = *m_head, region = m_region, processed,
         stop = m_stop.get_token()]() -> std::optional<HeadData> {
            if (processed) {
                auto staged = job::stagedVolumeOf(*session, asset, stop);
                return staged ? std::optional(withVoxels(head, std::move(*staged))) : std::nullopt;
            }
            return withVoxels(head, std::make_shared<model::Volume>(job::defaced(
                                        *head.volume, *region->mask, *region->cover, region->method)));
        },
        [this, generation = m_generation, number = m_regionNumber, processed,
         check = row->row.check](std::optional<HeadData> after) {
            if (generation != m_generation || number != m_regionNumber ||
                m_panel->choice() != Choice::Remove) {
                return;
            }
            m_viewer->setAfter(after, processed,
                               processed && check ? std::optional(check->score) : std::nullopt);
        });
}

void FaceScreen::decide() {
    const FaceRow* row = current();
    const auto session = context().session();
    if (row == nullptr || !session || !session->writable()) {
        return;
    }
    if (const QString wait = m_panel->obstacle(); !wait.isEmpty()) {
        context().say(wait);
        m_panel->askReason();
        return;
    }
    const Choice choice = m_panel->choice();
    const std::string reason = m_panel->reason().toStdString();
    if (choice == Choice::Exclude) {
        if (context().push(decide::Exclude{m_asset, true, reason}, tr("Take images out of the release"))) {
            moveToOpen();
        }
        return;
    }
    if (row->standing == Standing::Excluded &&
        !context().push(decide::Exclude{m_asset, false, {}}, tr("Take images back in"))) {
        return;
    }
    job::FaceJudgement judgement;
    judgement.action = choice == Choice::Keep ? model::Action::Keep : model::Action::Deface;
    judgement.reason = reason;
    judgement.wholeSubject = m_panel->wholeSubject();
    judgement.method = m_removal;
    const std::shared_ptr<const model::VolumeMask> mask =
        choice == Choice::Remove && m_region ? m_region->mask : nullptr;
    const std::shared_ptr<const model::VolumeMask> behind = m_region ? m_region->behind : nullptr;
    const std::shared_ptr<const model::VolumeMask> cover = m_region ? m_region->cover : nullptr;
    const model::Deface method = m_region ? m_region->method : m_removal;
    keepEvidence();
    context().runner().look(
        this,
        [session, finding = row->row.finding.id, judgement, mask, behind, cover, method]() mutable {
            if (mask && behind && cover) {
                judgement.method = method;
                judgement.mask = job::ProposedMask{*mask, *behind, *cover, method};
            }
            return job::judge(*session, finding, judgement);
        },
        [this, session, choice, asset = m_asset](base::Expected<decide::Edit> edit) {
            if (session != context().session()) {
                return;
            }
            if (!edit) {
                context().showError(edit.error());
                return;
            }
            if (context().push(*edit, choice == Choice::Keep ? tr("Keep the face") : tr("Remove the face")) &&
                asset == m_asset) {
                moveToOpen();
            }
        });
}

void FaceScreen::keepEvidence() {
    using views::surface::Detail;
    const FaceRow* row = current();
    if (row == nullptr || !m_head) {
        return;
    }
    // The standard views of both sides, as they were judged on; they stay in the workspace.
    static int slot = 1000;
    const auto& pair = m_viewer->pair();
    for (const auto* side : {&pair.before(), &pair.after()}) {
        if (side->model() == nullptr || !side->isVisible()) {
            continue;
        }
        const auto shown = side->model()->shown(Detail::Full);
        for (const auto view : views::surface::kStandardViews) {
            if (!shown.surface) {
                continue;
            }
            views::surface::Picture picture;
            picture.size = {kEvidencePx, kEvidencePx};
            picture.pose =
                views::surface::poseOf(views::surface::cameraOf(view), m_head->stance, picture.size);
            picture.parts.push_back({shown.surface, nullptr, side->model()->tone(), 1});
            const std::string name = std::string(side == &pair.before() ? "before-" : "after-") +
                                     kViewWords.at(static_cast<std::size_t>(view));
            views::surface::Renderer::instance().draw(
                this, ++slot, std::move(picture),
                [this, session = context().session(), finding = row->row.finding.id, name,
                 by = context().reviewer().toStdString()](const QImage& image) {
                    if (image.isNull()) {
                        return;
                    }
                    context().runner().look(
                        this,
                        [session, finding, name, by, image] {
                            QByteArray png;
                            QBuffer buffer(&png);
                            buffer.open(QIODevice::WriteOnly);
                            image.save(&buffer, "PNG");
                            return job::addEvidence(*session, finding, name, png.toStdString(), by);
                        },
                        [this](base::Expected<void> done) {
                            if (!done) {
                                context().showError(done.error());
                            }
                        });
                });
        }
    }
}

} // namespace kamei::ui::screens::face
