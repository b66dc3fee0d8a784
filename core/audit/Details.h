#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Ids.h"

namespace kamei::audit {

/// What an entry of the log says beside event, time and person. By its types it can hold counts, ids,
/// digests and words of the product, never free text: nothing that was read from a source.
class Details {
public:
    Details& count(std::string_view name, std::int64_t value);
    template <class Tag> Details& id(std::string_view name, base::Id<Tag> value) {
        return count(name, value.value);
    }
    /// Ids as ranges in ascending order: "3-17,20".
    template <class Tag> Details& ids(std::string_view name, std::span<const base::Id<Tag>> values) {
        std::vector<std::int64_t> numbers;
        numbers.reserve(values.size());
        for (const auto value : values) {
            numbers.push_back(value.value);
        }
        return ranges(name, std::move(numbers));
    }
    Details& digest(std::string_view name, const base::Sha256& value);
    /// A word of the product: at most 64 of A-Z a-z 0-9 . - _ + ( ) , : and blank; anything else becomes "?".
    Details& word(std::string_view name, std::string_view value);
    Details& flag(std::string_view name, bool value);

    /// Canonical JSON: keys sorted, no blanks.
    [[nodiscard]] std::string json() const;

private:
    Details& ranges(std::string_view name, std::vector<std::int64_t> values);
    std::map<std::string, std::string, std::less<>> m_fields; ///< name -> value as JSON
};

} // namespace kamei::audit
