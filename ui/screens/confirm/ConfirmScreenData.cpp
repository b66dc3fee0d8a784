// What the confirmation screen reads and records; its looks stand in ConfirmScreen.cpp.
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTreeView>
#include <algorithm>
#include <map>
#include <utility>

#include "core/job/Looking.h"
#include "core/review/Confirm.h"
#include "ui/screens/confirm/ConfirmScreen.h"
#include "ui/screens/confirm/ContactSheet.h"
#include "ui/style/Badges.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"
#include "ui/views/attributes/AttributeView.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/surface/HeadCompare.h"
#include "ui/views/text/TextView.h"

namespace kamei::ui::screens::confirm {
namespace {

bool isText(model::AssetKind kind) {
    return kind == model::AssetKind::Text || kind == model::AssetKind::Document ||
           kind == model::AssetKind::Table || kind == model::AssetKind::Signal ||
           kind == model::AssetKind::Genome;
}

ConfirmRow::Status statusOf(const job::AssetRow& row) {
    if (row.asset.state == model::AssetState::SentBack) {
        return ConfirmRow::Status::SentBack;
    }
    if (row.stale) {
        return ConfirmRow::Status::Stale;
    }
    return row.confirmed ? ConfirmRow::Status::Confirmed : ConfirmRow::Status::Waiting;
}

int urgency(ConfirmRow::Status status) {
    switch (status) {
    case ConfirmRow::Status::Waiting:
        return 0;
    case ConfirmRow::Status::SentBack:
        return 1;
    case ConfirmRow::Status::Stale:
        return 2;
    case ConfirmRow::Status::Confirmed:
        break;
    }
    return 3;
}

/// Whose confirmations of an asset count, and what the policy still asks for.
review::Standing standing(const job::Session& session, const model::Policy& policy, const job::AssetRow& row,
                          const base::Sha256& digest) {
    return review::standingOf(
        session.confirmations(row.asset.id).value_or(std::vector<model::Confirmation>{}), digest,
        row.asset.kind, policy);
}

model::Policy policyOf(const job::Session& session) {
    const auto info = session.info();
    return info ? info->policy : model::Policy{};
}

/// Both sides of a text, ready for the paper.
struct Texts {
    std::optional<base::Error> error;
    std::shared_ptr<const views::text::PaperText> before;
    std::shared_ptr<const views::text::PaperText> after;
    bool preview = false;
};

Texts readTexts(job::Session& session, base::AssetId asset) {
    Texts out;
    const auto paper = [&](job::Side side) -> std::shared_ptr<const views::text::PaperText> {
        auto shown = job::textOf(session, asset, side);
        if (!shown) {
            out.error = shown.error();
            return nullptr;
        }
        if (side == job::Side::After) {
            out.preview = shown->preview;
        }
        return views::text::PaperText::make(std::make_shared<job::ShownText>(std::move(*shown)),
                                            views::text::Form::Source);
    };
    out.before = paper(job::Side::Before);
    out.after = paper(job::Side::After);
    return out;
}

} // namespace

void ConfirmScreen::reload(base::AssetId wanted) {
    auto session = context().session();
    if (wanted.valid()) {
        m_wanted = wanted;
    }
    if (!session) {
        m_model->setRows({});
        m_panel->show(std::nullopt);
        return;
    }
    struct Loaded {
        std::vector<job::AssetRow> assets;
        std::vector<job::SubjectRow> subjects;
        std::map<std::int64_t, review::Standing> lacking; ///< confirmed, but not as the policy asks
    };
    context().runner().look(
        this,
        [session] {
            job::AssetQuery query;
            query.includeExcluded = false;
            Loaded out{session->assets(query).value_or(std::vector<job::AssetRow>{}),
                       session->subjects({}).value_or(std::vector<job::SubjectRow>{}),
                       {}};
            const model::Policy policy = policyOf(*session);
            for (const job::AssetRow& row : out.assets) {
                if (!row.confirmed || (policy.secondPerson.empty() && !policy.signatures)) {
                    continue;
                }
                auto found = standing(*session, policy, row,
                                      session->stagedDigest(row.asset.id).value_or(base::Sha256{}));
                if (!found.complete()) {
                    out.lacking.emplace(row.asset.id.value, std::move(found));
                }
            }
            return out;
        },
        [this](Loaded loaded) {
            std::vector<ConfirmRow> rows;
            for (job::AssetRow& asset : loaded.assets) {
                if (asset.asset.kind == model::AssetKind::Unreadable || asset.asset.problem) {
                    continue;
                }
                ConfirmRow row;
                row.status = statusOf(asset);
                const auto lacking = loaded.lacking.find(asset.asset.id.value);
                const bool wanting = lacking != loaded.lacking.end();
                if (wanting) {
                    row.status = ConfirmRow::Status::Waiting;
                    row.forMe = !lacking->second.people.contains(context().reviewer().toStdString());
                }
                const auto subject =
                    std::ranges::find(loaded.subjects, asset.asset.subject, &job::SubjectRow::id);
                if (subject != loaded.subjects.end() && subject->id.valid()) {
                    row.subject = QStringLiteral("P-%1").arg(subject->number, 4, 10, QLatin1Char('0'));
                }
                switch (row.status) {
                case ConfirmRow::Status::Confirmed:
                    row.note = tr("confirmed");
                    break;
                case ConfirmRow::Status::SentBack:
                    row.note = tr("sent back");
                    break;
                case ConfirmRow::Status::Stale:
                    row.note = tr("waits for staging");
                    break;
                case ConfirmRow::Status::Waiting:
                    row.note = wanting ? lacking->second.lacksSignature ? tr("waits for a signature")
                                                                        : tr("waits for a second person")
                               : asset.asset.frames > 0
                                   ? tr("%n picture(s)", nullptr, static_cast<int>(asset.asset.frames))
                                   : tr("to be looked at");
                    break;
                }
                row.row = std::move(asset);
                rows.push_back(std::move(row));
            }
            if (m_order->currentIndex() == 0) {
                std::ranges::stable_sort(rows, {}, [](const ConfirmRow& row) {
                    return std::pair(urgency(row.status), !row.forMe);
                });
            }
            m_model->setRows(std::move(rows));
            fillProgress();
            const base::AssetId chosen = std::exchange(m_wanted, {});
            QModelIndex index = m_model->indexOf(chosen.valid() ? chosen : m_asset);
            if (std::exchange(m_entered, false) && !chosen.valid() && !waitsForMe(index)) {
                index = nextForMe(index.row());
            }
            if (!index.isValid() && m_model->rowCount() > 0) {
                index = m_model->index(0);
            }
            m_list->setCurrentIndex(index);
            if (!index.isValid()) {
                select({});
            }
        });
}

void ConfirmScreen::fillProgress() {
    const auto count = [this](ConfirmRow::Status status) {
        return static_cast<int>(std::ranges::count(m_model->rows(), status, &ConfirmRow::status));
    };
    const int total = m_model->rowCount();
    const int done = count(ConfirmRow::Status::Confirmed);
    m_count->setText(tr("%1 of %2 confirmed").arg(done).arg(total));
    m_meter->setValue(done, total);
    m_tally->setText(tr("sent back %1・waiting for staging %2")
                         .arg(count(ConfirmRow::Status::SentBack))
                         .arg(count(ConfirmRow::Status::Stale)));
}

void ConfirmScreen::select(const QModelIndex& index) {
    const base::AssetId asset{index.isValid() ? index.data(ConfirmListModel::AssetRole).toLongLong() : 0};
    m_asset = asset;
    m_wanted = {}; // whoever chooses a row meanwhile does not want the one that was to come
    load();
}

void ConfirmScreen::load() {
    auto session = context().session();
    const quint64 generation = ++m_generation;
    if (m_current && m_current->row.asset.id != m_asset) {
        // What is being read has not been looked at: nothing can be confirmed until it is there.
        ++m_content;
        m_current.reset();
        m_panel->show(std::nullopt);
    }
    if (!session || !m_asset.valid()) {
        ++m_content;
        m_current.reset();
        m_panel->show(std::nullopt);
        m_title->clear();
        m_reading = Reading::Pictures;
        showSegments(false);
        m_pages->setCurrentIndex(static_cast<int>(Page::Nothing));
        return;
    }
    context().runner().look(
        this,
        [session, asset = m_asset]() -> std::optional<ConfirmFacts> {
            auto row = session->asset(asset);
            if (!row || !*row) {
                return std::nullopt;
            }
            ConfirmFacts out;
            out.row = **row;
            out.digest = session->stagedDigest(asset).value_or(base::Sha256{});
            out.files = session->staged(asset).value_or(std::vector<model::StagedFile>{});
            job::FindingQuery query;
            query.asset = asset;
            out.findings = session->findings(query).value_or(std::vector<model::Finding>{});
            out.confirmation = session->confirmation(asset).value_or(std::nullopt);
            // Only where a face was taken off: the list of faces reads more than this asset.
            out.defaced = std::ranges::any_of(out.findings, [](const model::Finding& finding) {
                return finding.effective() == model::Action::Deface;
            });
            if (out.defaced) {
                const auto faces = job::faces(*session);
                const auto face = faces ? std::ranges::find_if(*faces,
                                                               [&](const job::FaceRow& candidate) {
                                                                   return candidate.asset.id == asset;
                                                               })
                                        : std::vector<job::FaceRow>::const_iterator{};
                if (faces && face != faces->end()) {
                    out.face = face->check;
                }
            }
            out.standing = standing(*session, policyOf(*session), out.row, out.digest);
            return out;
        },
        [this, generation](std::optional<ConfirmFacts> facts) {
            if (generation != m_generation || !facts) {
                return;
            }
            const bool same = m_current && m_current->row.asset.id == facts->row.asset.id &&
                              m_current->digest == facts->digest;
            facts->reviewer = context().reviewer();
            if (const auto& identity = context().identity()) {
                facts->signature = tr("%1 · signing key %2")
                                       .arg(text::roleName(identity->person().role),
                                            text::fromUtf8(identity->person().key.fingerprint()).left(9));
            }
            m_current = std::move(facts);
            m_panel->show(m_current);
            m_title->setText(text::assetTitle(m_current->row.asset));
            if (same) {
                if (m_image->isVisible()) {
                    m_image->setFrame(m_image->frame()); // it may have arrived while nobody saw it
                }
                updateOutstanding();
                return;
            }
            const model::Asset& shown = m_current->row.asset;
            m_reading = isText(shown.kind)                                ? Reading::Text
                        : model::isDicom(shown.kind) && shown.frames == 0 ? Reading::Attributes
                                                                          : Reading::Pictures;
            clearLooks();
            if (m_current->files.empty() || m_current->row.stale) {
                m_reading = Reading::Pictures;
                showSegments(false);
                m_pages->setCurrentIndex(static_cast<int>(Page::Nothing));
                updateOutstanding();
            } else if (m_reading == Reading::Text) {
                showText();
            } else {
                showPictures();
                showAttributes();
            }
        });
}

void ConfirmScreen::clearLooks() {
    ++m_content;
    m_there = false;
    m_shown.clear();
    m_sawOriginal = m_reading == Reading::Text ? m_textModes->current() == 1 : false;
    m_sawSheet = false;
    m_attributesThere = false;
    m_sawAttributes = false;
    m_reached = 0;
    m_total = 0;
    m_after->verticalScrollBar()->setValue(0);
    m_attributes->clear();
    updateOutstanding(); // nothing of it has been on the screen
}

void ConfirmScreen::showAttributes() {
    if (!model::isDicom(m_current->row.asset.kind)) {
        return;
    }
    auto session = context().session();
    context().runner().look(
        this, [session, asset = m_asset] { return job::attributesOfAll(*session, asset); },
        [this, session, content = m_content](base::Expected<std::vector<job::AttributeLine>> lines) {
            if (content != m_content) {
                return;
            }
            if (!lines) {
                context().showError(lines.error());
                return;
            }
            m_attributes->setLines(std::move(*lines), m_current->findings, &session->rules(), false);
            m_attributesThere = true;
            attributesShown();
            if (m_reading == Reading::Attributes) {
                m_there = true;
                m_attributes->tree().expandAll();
                m_pages->setCurrentIndex(static_cast<int>(Page::Attributes));
                QMetaObject::invokeMethod(this, &ConfirmScreen::scrolled, Qt::QueuedConnection);
            }
        });
}

void ConfirmScreen::showSurface() {
    const bool defaced = m_current->defaced;
    m_pictureModes->setShown(kSurface, defaced);
    m_surface->show(defaced ? context().session() : nullptr, m_asset, {},
                    m_current->face ? tr("detected %1").arg(m_current->face->score, 0, 'f', 2) : QString());
}

void ConfirmScreen::overrule(const QString& reason) {
    const auto session = context().session();
    if (!session || !m_current) {
        return;
    }
    if (auto done =
            job::overrule(*session, m_asset, reason.toStdString(), context().reviewer().toStdString());
        !done) {
        context().showError(done.error());
        return;
    }
    load();
}

void ConfirmScreen::showPictures() {
    m_total = static_cast<int>(m_current->row.asset.frames);
    showSegments(m_total > 0);
    m_pictureModes->setShown(kAttributes, model::isDicom(m_current->row.asset.kind));
    showSurface();
    if (m_total == 0) {
        m_pages->setCurrentIndex(static_cast<int>(Page::Nothing));
        updateOutstanding();
        return;
    }
    m_strip->show(m_asset, m_total);
    m_sheet->show(m_asset, m_total);
    m_pictureModes->setCurrent(0);
    m_image->show(m_asset);
    setMode(0);
    updateOutstanding();
}

void ConfirmScreen::showText() {
    showSegments(false);
    auto session = context().session();
    context().runner().look(
        this, [session, asset = m_asset] { return readTexts(*session, asset); },
        [this, content = m_content](Texts texts) {
            if (content != m_content) {
                return;
            }
            if (texts.error || texts.preview) {
                if (texts.error) {
                    context().showError(*texts.error);
                }
                m_pages->setCurrentIndex(static_cast<int>(Page::Nothing));
                return;
            }
            showOriginalText(m_textModes->current() == 1);
            m_before->setPaper(texts.before, {});
            m_after->setPaper(texts.after, {});
            m_there = true;
            m_pages->setCurrentIndex(static_cast<int>(Page::Text));
            // The layout settles with the next events; what is then visible counts from there.
            QMetaObject::invokeMethod(this, &ConfirmScreen::scrolled, Qt::QueuedConnection);
        });
}

std::string ConfirmScreen::seen() const {
    std::string out = isRead() ? "pages" : m_sawSheet ? "frames+overview" : "frames";
    if (m_reading == Reading::Attributes) {
        out = "attributes";
    } else if (m_sawAttributes) {
        out += "+attributes";
    }
    return m_sawOriginal ? out + "+original" : out;
}

void ConfirmScreen::confirm() {
    if (m_panel->mayConfirm()) {
        record(model::Confirmation::Verdict::Confirmed);
    }
}

void ConfirmScreen::sendBack() {
    if (!m_current || m_current->files.empty() || context().reviewer().isEmpty()) {
        return;
    }
    if (m_panel->note().isEmpty()) {
        context().say(tr("Write in a note what has to be put right, then send back."));
        if (auto* note = m_panel->findChild<QWidget*>(QStringLiteral("sendBackNote"))) {
            note->setFocus();
        }
        return;
    }
    record(model::Confirmation::Verdict::SentBack);
}

void ConfirmScreen::record(model::Confirmation::Verdict verdict) {
    auto session = context().session();
    if (!session || !m_current) {
        return;
    }
    model::Confirmation confirmation;
    confirmation.asset = m_asset;
    confirmation.sha256 = m_current->digest;
    confirmation.verdict = verdict;
    confirmation.reviewer = context().reviewer().toStdString();
    confirmation.note = m_panel->note().toStdString();
    confirmation.seen = seen();
    if (isRead()) {
        confirmation.total = m_reading == Reading::Attributes ? m_attributes->model().rowCount()
                             : m_after->paper()               ? m_after->paper()->lines()
                                                              : 0;
        confirmation.shown = confirmation.total * reached() / 100;
    } else {
        confirmation.shown = m_shown.size();
        confirmation.total = m_total;
    }
    if (auto done = session->confirm(confirmation); !done) {
        context().showError(done.error());
        return;
    }
    goOn();
}

bool ConfirmScreen::waitsForMe(const QModelIndex& index) {
    return index.isValid() && index.data(ConfirmListModel::ForMeRole).toBool() &&
           index.data(ConfirmListModel::StatusRole).toInt() == static_cast<int>(ConfirmRow::Status::Waiting);
}

QModelIndex ConfirmScreen::nextForMe(int after) const {
    const int rows = m_model->rowCount();
    for (int i = 1; i <= rows; ++i) {
        const QModelIndex next = m_model->index((after + i) % rows);
        if (waitsForMe(next)) {
            return next;
        }
    }
    return m_model->index(after);
}

void ConfirmScreen::goOn() {
    const QModelIndex next = nextForMe(m_list->currentIndex().row());
    reload(base::AssetId{next.isValid() ? next.data(ConfirmListModel::AssetRole).toLongLong() : 0});
}

} // namespace kamei::ui::screens::confirm
