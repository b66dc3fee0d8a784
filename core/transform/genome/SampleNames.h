#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/intake/text/TextSource.h"
#include "core/transform/Transform.h"

namespace kamei::transform::genome {

/// What stands for each name of a sample, in every place of the file alike: the 仮ID of the asset's person
/// where the file is of one sample, else that of the person whose patient number the name is, else one
/// derived from the name. No two names become one.
class SampleNames {
public:
    SampleNames(const intake::text::TextSource& source, const Context& context, const std::string& pseudonym);
    /// Null for what is no sample's name.
    [[nodiscard]] const std::string* of(std::string_view name) const;

private:
    std::map<std::string, std::string, std::less<>> m_names;
};

} // namespace kamei::transform::genome
