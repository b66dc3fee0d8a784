// What the image view reads from the workspace and writes to it; its looks stand in ImageView.cpp.
#include <QLabel>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "ui/tasks/TaskRunner.h"
#include "ui/views/image/FrameBar.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/image/MaskBar.h"
#include "ui/views/image/OverviewStrip.h"
#include "ui/views/image/Timeline.h"

namespace kamei::ui::views::image {
namespace {

constexpr int kKeptFrames = 9; // around the present one: enough for stepping, small for large pictures

std::string detailOf(const model::Mask& mask) {
    nlohmann::ordered_json detail;
    detail["mask"] = nlohmann::ordered_json::parse(model::toJson(mask));
    return detail.dump();
}

model::Locator locatorOf(const model::Mask& mask) {
    model::Locator locator;
    locator.kind = model::Locator::Kind::Pixels;
    locator.rect = mask.track.empty() ? mask.rect : model::everywhere(mask).rect;
    locator.frames = mask.frames;
    return locator;
}

/// A mask that a person drew, as a finding that is already decided: who draws has decided.
model::Finding findingOf(const model::Mask& mask, const model::Asset& asset) {
    model::Finding finding;
    finding.asset = asset.id;
    finding.subject = asset.subject;
    finding.locator = locatorOf(mask);
    const bool slide = asset.kind == model::AssetKind::Slide;
    finding.label = slide ? "SLIDE_TEXT" : "BURNED_IN_TEXT";
    finding.rule = slide ? "image-content.slide-label" : "image-content.burned-in-text";
    finding.detector = "mask.person";
    finding.category = model::Category::Identifier;
    finding.requirement = model::Requirement::Required;
    finding.suggested = model::Action::Mask;
    finding.origin = model::Origin::Person;
    finding.detail = detailOf(mask);
    finding.state = model::DecisionState::Accepted;
    finding.action = model::Action::Mask;
    return finding;
}

/// A clip is one source with a time of its own: a video, or the frames of one object. Series of single
/// pictures are looked through by the slider alone.
Clip clipOf(const job::AssetRow& row, const std::vector<model::Source>& sources) {
    Clip out;
    const auto kind = row.asset.kind;
    const bool video = kind == model::AssetKind::Video || kind == model::AssetKind::DicomVideo;
    const bool frames = kind == model::AssetKind::DicomSeries && row.asset.modality != "CT" &&
                        row.asset.modality != "MR" && row.asset.modality != "PT";
    if (sources.size() != 1 || (!video && !frames)) {
        return out;
    }
    out.frames = static_cast<int>(row.asset.frames);
    const auto facts = nlohmann::json::parse(sources.front().facts, nullptr, false);
    const double ms = facts.is_object() ? facts.value("ms", 0.0) : 0.0;
    out.rate = ms > 0 ? out.frames * 1000.0 / ms : 0.0;
    return out;
}

} // namespace

void ImageView::reload() {
    auto session = m_context.session();
    if (!session || !m_asset.valid()) {
        return;
    }
    struct Loaded {
        std::optional<job::AssetRow> row;
        int sameDevice = 0;
        bool isClip = false;
        Clip clip;
        std::string slideFacts;
    };
    m_context.runner().look(
        this,
        [session, asset = m_asset] {
            Loaded out;
            out.row = session->asset(asset).value_or(std::nullopt);
            if (out.row && !out.row->asset.device.empty()) {
                for (const auto& other : session->assets({}).value_or(std::vector<job::AssetRow>{})) {
                    out.sameDevice +=
                        other.asset.device == out.row->asset.device && other.asset.id != asset ? 1 : 0;
                }
            }
            if (out.row) {
                const auto sources = session->sources(asset).value_or(std::vector<model::Source>{});
                out.clip = clipOf(*out.row, sources);
                if (out.row->asset.kind == model::AssetKind::Slide && sources.size() == 1) {
                    out.slideFacts = sources.front().facts;
                }
                out.isClip = out.clip.frames > 1;
            }
            return out;
        },
        [this, generation = m_generation](Loaded loaded) {
            if (generation != m_generation || !loaded.row) {
                return;
            }
            m_row = loaded.row;
            m_sameDevice = loaded.sameDevice;
            m_frameCount = static_cast<int>(std::max<std::int64_t>(m_row->asset.frames, 1));
            m_frames->setFrames(m_frameCount);
            showClip(loaded.isClip, loaded.clip);
            if (m_isClip) {
                loadTimes();
                m_cutsWanted = true;
                loadCuts();
            }
            const auto facts = nlohmann::json::parse(loaded.slideFacts, nullptr, false);
            if (facts.is_object()) {
                m_scans = facts.value("planes", 0);
                for (const auto& role : facts.value("pictures", nlohmann::json::array())) {
                    m_roles << QString::fromStdString(role.is_string() ? role.get<std::string>()
                                                                       : std::string());
                }
            }
            const bool isSeries =
                m_frameCount > 1 && m_row->asset.kind != model::AssetKind::Slide && !showsPages();
            offerTools();
            m_overview->setVisible(!m_readOnly && isSeries);
            setFrame(m_frame);
            reloadMasks();
            if (!m_readOnly && isSeries) {
                loadOverview();
            }
        });
}

void ImageView::reloadMasks() {
    auto session = m_context.session();
    if (!session || !m_asset.valid() || m_readOnly) {
        return;
    }
    job::FindingQuery query;
    query.asset = m_asset;
    m_context.runner().look(
        this, [session, query] { return session->findings(query).value_or(std::vector<model::Finding>{}); },
        [this, generation = m_generation, asked = ++m_asked](std::vector<model::Finding> findings) {
            if (generation != m_generation || asked != m_asked) {
                return; // something changed since it was asked for: that is on its way
            }
            m_findings = std::move(findings);
            m_items = maskItems(m_findings);
            m_canvas->setMasks(m_items);
            const auto drawn = std::ranges::find_if(m_items, [this](const MaskItem& item) {
                return m_drawn && item.ofPerson && item.mask.rect == m_drawn->rect &&
                       item.mask.points == m_drawn->points;
            });
            if (drawn != m_items.end()) {
                m_selected = drawn->finding;
                m_drawn.reset();
            }
            selectFinding(m_selected);
            setFrame(m_frame);
        });
}

bool ImageView::showsPages() const {
    return m_row && (m_row->asset.kind == model::AssetKind::Pdf ||
                     m_row->asset.kind == model::AssetKind::DicomDocument);
}

void ImageView::offerTools() {
    // Brightness is of grey values: pages and colours have none that could be turned.
    QToolButton* window = m_toolButtons.value(static_cast<int>(Tool::Window));
    window->setVisible(!showsPages());
    window->setEnabled(m_window.has_value());
    if (window->isChecked() && (showsPages() || !m_window)) {
        setTool(Tool::Select);
    }
}

void ImageView::load(int frame, job::Side side) {
    auto session = m_context.session();
    const QPair<int, int> key(frame, static_cast<int>(side));
    if (!session || m_cache.contains(key)) {
        return;
    }
    m_cache.insert(key, {});
    struct Loaded {
        base::Expected<job::ShownPicture> picture;
        Window window;
        QImage image;
    };
    m_context.runner().look(
        this,
        [session, asset = m_asset, frame, side, window = m_window] {
            Loaded out{job::pictureOf(*session, asset, frame, side), {}, {}};
            if (out.picture) {
                out.window = window.value_or(initialWindow(out.picture->raster));
                out.image = toImage(out.picture->raster, out.window);
            }
            return out;
        },
        [this, key, frame, side, generation = m_generation, revision = m_afterRevision](Loaded loaded) {
            if (generation != m_generation || (side == job::Side::After && revision != m_afterRevision)) {
                return;
            }
            if (!loaded.picture) {
                m_cache.remove(key);
                if (frame == m_frame) {
                    m_context.showError(loaded.picture.error());
                }
                return;
            }
            if (!m_window && loaded.picture->raster.channels == 1 && !showsPages()) {
                m_window = loaded.window;
                offerTools();
            }
            m_cache.removeIf(
                [frame](const auto& entry) { return std::abs(entry.key().first - frame) > kKeptFrames; });
            m_cache.insert(key, {std::make_shared<model::Raster>(std::move(loaded.picture->raster)),
                                 loaded.image, loaded.picture->preview});
            if (frame == m_frame) {
                display();
            }
        });
}

void ImageView::loadOverview() {
    auto session = m_context.session();
    m_context.runner().look(
        this,
        [session, asset = m_asset] {
            return job::overviewOf(*session, asset, job::Side::Before, std::stop_token{});
        },
        [this, generation = m_generation](base::Expected<job::SeriesOverview> overview) {
            if (generation == m_generation && overview) {
                m_series = std::move(*overview);
                m_overview->show(*m_series);
            }
        });
}

void ImageView::showOverview(int index) {
    m_overviewIndex = index;
    if (index < 0 || !m_series) {
        setFrame(m_frame);
        return;
    }
    const std::array<const model::Raster*, 4> rasters{&m_series->maximum, &m_series->minimum,
                                                      &m_series->variation, &m_series->mean};
    const model::Raster& raster = *rasters.at(static_cast<std::size_t>(index));
    const QImage image = toImage(raster, initialWindow(raster));
    m_canvas->setPictures(image, image);
    updateInfo();
}

void ImageView::addMask(const model::Mask& mask) {
    if (!m_row || m_readOnly) {
        return;
    }
    model::Mask placed = mask;
    if (!m_roles.isEmpty()) { // the scan, the label and the whole glass are pictures of their own
        placed.frames = isScan(m_frame) ? model::FrameRange{1, m_scans} : model::FrameRange{m_frame, m_frame};
    }
    decide::Add add;
    add.findings.push_back(findingOf(placed, m_row->asset));
    m_drawn = placed; // selected when it is read back, so that its frames and fill are at hand
    m_context.push(add, tr("Draw a mask"));
}

void ImageView::changeMaskAs(base::FindingId finding, const model::Mask& mask, const QString& text) {
    if (!m_readOnly) {
        m_context.push(decide::Reshape{finding, locatorOf(mask), detailOf(mask)},
                       text.isEmpty() ? tr("Change a mask") : text);
    }
}

void ImageView::eraseMask(base::FindingId finding) {
    const auto item = itemOf(finding);
    if (!item || m_readOnly) {
        return;
    }
    if (!item->ofPerson) {
        m_context.say(tr("This mask was proposed; reject it with a reason instead."));
        return;
    }
    m_context.push(decide::Remove{{finding}}, tr("Remove a mask"));
}

void ImageView::applyToDevice(base::FindingId finding, bool keepTemplate) {
    const auto item = itemOf(finding);
    auto session = m_context.session();
    if (!item || !session || !m_row) {
        return;
    }
    if (keepTemplate) {
        detect::DeviceTemplate value{m_row->asset.device, {}, item->mask, 0};
        if (auto saved = session->saveTemplate(value, m_context.reviewer().toStdString()); !saved) {
            m_context.showError(saved.error());
        }
    }
    m_context.runner().look(
        this,
        [session, device = m_row->asset.device, asset = m_asset, mask = item->mask] {
            decide::Add add;
            for (const auto& row : session->assets({}).value_or(std::vector<job::AssetRow>{})) {
                if (row.asset.device == device && row.asset.id != asset) {
                    add.findings.push_back(findingOf(mask, row.asset));
                }
            }
            return add;
        },
        [this](decide::Add add) {
            if (!add.findings.empty()) {
                m_context.push(add, tr("Copy a mask to %n of the same device", nullptr,
                                       static_cast<int>(add.findings.size())));
            }
        });
}

} // namespace kamei::ui::views::image
