// Screen has no code of its own; this file lets moc see its header.
#include "ui/screens/Screen.h"
