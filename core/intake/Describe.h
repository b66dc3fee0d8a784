#pragma once

#include <string_view>

#include "core/intake/Format.h"

namespace kamei::intake {

// What import needs of one source; see Format::describe.
[[nodiscard]] base::Expected<Description> describeText(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeTable(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeXml(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeCda(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeHl7(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeFhir(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeJpeg(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describePng(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeTiff(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeBmp(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeHeif(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describePdf(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeVideo(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeEdf(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeMfer(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeScpEcg(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeVcf(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeBcf(const Location& location, std::string_view content);
[[nodiscard]] base::Expected<Description> describeSequences(const Location& location,
                                                            std::string_view content);
[[nodiscard]] base::Expected<Description> describeAnnotatedEcg(const Location& location,
                                                               std::string_view content);

} // namespace kamei::intake
