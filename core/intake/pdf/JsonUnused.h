#pragma once
// Private to core/intake/pdf and core/transform/pdf: included before qpdf where clang compiles.

#include <functional>
#include <list>
#include <memory>

/// clang 14 refuses qpdf's class JSON in C++20 (a std::vector of the class that is being defined). Nothing
/// here uses it: its header is left out, and qpdf's own headers need no more than its name.
#define JSON_HH
class JSON;
