#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Subject.h"
#include "core/store/Counts.h"

namespace kamei::store {

class Connection;

struct SubjectFilter {
    bool openOnly = false;
    std::string text;        ///< part of the shown number ("P-0007"); letters in either case
    std::uint32_t kinds = 0; ///< bit i: a subject with an asset of kind i also fits `text`
    std::int64_t offset = 0;
    std::int64_t limit = -1;
};

/// A subject with what its assets (without excluded ones) add up to. Id none: assets without subject.
struct SubjectTotals {
    base::SubjectId id;
    std::int64_t number = 0;
    std::int64_t assets = 0;
    Counts findings;
    std::string riskReason;
    bool blocked =
        false; ///< one of its assets cannot be read, has a problem or something left after processing
};

/// The people of the workspace.
class Subjects {
public:
    explicit Subjects(Connection& connection) : m_connection(connection) {}

    /// Adds a subject; `id` and `number` (the next free one) are given here. InvalidArgument: key in use.
    [[nodiscard]] base::Expected<base::SubjectId> insert(const model::Subject& subject);
    /// Replaces key, hint and pseudonym.
    [[nodiscard]] base::Expected<void> update(const model::Subject& subject);
    [[nodiscard]] base::Expected<std::optional<model::Subject>> find(base::SubjectId id) const;
    /// All, by number.
    [[nodiscard]] base::Expected<std::vector<model::Subject>> all() const;
    [[nodiscard]] base::Expected<std::int64_t> count() const;
    /// By number; the row of assets without subject, when there are any, comes last.
    [[nodiscard]] base::Expected<std::vector<SubjectTotals>> totals(const SubjectFilter& filter) const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
