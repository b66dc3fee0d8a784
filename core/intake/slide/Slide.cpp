#include "core/intake/slide/Slide.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "core/intake/archive/Archive.h"

namespace kamei::intake::slide {

using base::ErrorCode;

struct Slide::State {
    Structure structure;
    Pages pages;
    std::vector<Picture> pictures;
    std::mutex mutex;
    std::map<std::size_t, std::shared_ptr<const BlockTable>> tables;
};

base::Expected<Slide> Slide::open(const model::Source& source) {
    if (source.member.empty()) {
        auto file = openFile(source.path);
        return file ? open(std::move(*file)) : tl::unexpected(file.error());
    }
    auto content = archive::readMember(source.path, source.member);
    return content ? open(inMemory(std::move(*content))) : tl::unexpected(content.error());
}

base::Expected<Slide> Slide::open(std::shared_ptr<const ByteSource> bytes) {
    auto structure = readStructure(std::move(bytes));
    if (!structure) {
        return tl::unexpected(structure.error());
    }
    auto pages = readPages(*structure);
    if (!pages) {
        return tl::unexpected(pages.error());
    }
    Slide out;
    out.m_state = std::make_shared<State>();
    out.m_state->structure = std::move(*structure);
    out.m_state->pages = std::move(*pages);
    const Pages& all = out.m_state->pages;
    auto& pictures = out.m_state->pictures;
    for (std::size_t plane = 0; plane < all.planes.size(); ++plane) {
        pictures.push_back({Role::Scan, plane, all.planes[plane].front()});
    }
    for (const Role role : {Role::Label, Role::Macro, Role::Thumbnail, Role::Other}) {
        for (std::size_t page = 0; page < all.all.size(); ++page) {
            if (all.all[page].role == role) {
                pictures.push_back({role, 0, page});
            }
        }
    }
    return out;
}

Slide Slide::filtered(BlockFilter filter) const {
    Slide out = *this;
    out.m_filter = std::move(filter);
    return out;
}

const Structure& Slide::structure() const {
    return m_state->structure;
}
const Pages& Slide::pages() const {
    return m_state->pages;
}
const std::vector<Picture>& Slide::pictures() const {
    return m_state->pictures;
}

std::vector<Level> Slide::levels(std::size_t plane) const {
    std::vector<Level> out;
    if (plane >= pages().planes.size()) {
        return out;
    }
    const auto& indices = pages().planes[plane];
    const Page& base = pages().all[indices.front()];
    for (const std::size_t index : indices) {
        const Page& page = pages().all[index];
        const double ratio =
            base.width >= base.height ? double(base.width) / page.width : double(base.height) / page.height;
        out.push_back({page.width, page.height, ratio});
    }
    return out;
}

base::Expected<std::shared_ptr<const BlockTable>> Slide::blocks(std::size_t page) const {
    const std::scoped_lock lock(m_state->mutex);
    if (const auto found = m_state->tables.find(page); found != m_state->tables.end()) {
        return found->second;
    }
    auto table = readBlocks(m_state->structure, m_state->pages.all[page]);
    if (!table) {
        return tl::unexpected(table.error());
    }
    // Tables of a pyramid are few; of many planes only the latest are kept.
    constexpr std::size_t kMostTables = 64;
    if (m_state->tables.size() >= kMostTables) {
        m_state->tables.clear();
    }
    return m_state->tables.emplace(page, std::make_shared<const BlockTable>(std::move(*table))).first->second;
}

std::string_view word(Role role) {
    switch (role) {
    case Role::Scan:
        return "scan";
    case Role::Thumbnail:
        return "thumbnail";
    case Role::Label:
        return "label";
    case Role::Macro:
        return "macro";
    case Role::Other:
        break;
    }
    return "other";
}

} // namespace kamei::intake::slide
