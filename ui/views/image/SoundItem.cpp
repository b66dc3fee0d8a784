#include "ui/views/image/SoundItem.h"

#include <QCoreApplication>

#include "core/decide/Rules.h"

namespace kamei::ui::views::image {
namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(SoundItem)
};

using model::Action;
using model::DecisionState;

/// Only streams that the writer can tell apart: "Video.Audio[1]", not those that begin late and are never
/// kept ("Video.Audio[late]").
bool mayStay(const model::Finding& finding) {
    constexpr std::string_view kKey = "Video.Audio[";
    const std::string& path = finding.locator.path;
    return decide::isSound(finding) && path.starts_with(kKey) && path.size() > kKey.size() &&
           path[kKey.size()] >= '0' && path[kKey.size()] <= '9';
}

SoundItem itemOf(const model::Finding& finding) {
    SoundItem out;
    out.finding = finding.id;
    out.open = finding.state == DecisionState::Open;
    out.reason = QString::fromStdString(finding.reason);
    out.removalSuggested = finding.suggested == Action::Delete;
    if (out.open) {
        return out; // whatever is suggested: nothing leaves undecided
    }
    const bool kept = finding.state == DecisionState::Rejected ||
                      (finding.state == DecisionState::Changed && finding.action == Action::Keep);
    const bool inParts = finding.state == DecisionState::Changed && finding.action == Action::Clean;
    const auto mute = model::muteFromJson(finding.method);
    if (inParts && mute) {
        out.fate = SoundItem::Fate::SilentInParts;
        out.mute = *mute;
    } else if (kept) {
        out.fate = SoundItem::Fate::Whole;
    }
    return out;
}

} // namespace

QString nameOf(const SoundItem& sound) {
    return sound.number == 0 ? Tr::tr("Sound") : Tr::tr("Sound %1").arg(sound.number);
}

QString wordsOf(const SoundItem& sound) {
    const auto ranges = static_cast<int>(sound.mute.ranges.size());
    switch (sound.fate) {
    case SoundItem::Fate::Removed:
        return Tr::tr("not part of the release");
    case SoundItem::Fate::Whole:
        return Tr::tr("kept: a voice identifies");
    case SoundItem::Fate::SilentInParts:
        break;
    }
    return sound.unsaid ? Tr::tr("%n range(s) marked, not decided yet", nullptr, ranges)
                        : Tr::tr("kept, silent in %n range(s)", nullptr, ranges);
}

std::vector<SoundItem> soundItems(const std::vector<model::Finding>& findings) {
    std::vector<SoundItem> out;
    for (const model::Finding& finding : findings) {
        if (mayStay(finding)) {
            out.push_back(itemOf(finding));
        }
    }
    for (std::size_t i = 0; out.size() > 1 && i < out.size(); ++i) {
        out[i].number = static_cast<int>(i) + 1;
    }
    return out;
}

} // namespace kamei::ui::views::image
