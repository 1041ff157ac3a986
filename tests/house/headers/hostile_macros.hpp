/// What other headers define before ours are included: macros of Qt, <complex.h>, <sys/sysmacros.h> and X11 whose names
/// are plain words. Included first by all_headers.cmake.
#include <complex.h>

#include <sys/sysmacros.h>
#ifndef I
#define I (__extension__ 1.0iF) // as <complex.h> has it in C
#endif
// Qt, unless QT_NO_KEYWORDS is set
#define slots
#define signals public
#define emit
#define foreach(variable, container) for (variable : container)
#define forever for (;;)
#if __has_include(<X11/Xlib.h>)
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#endif
#ifndef None
#define None 0L
#define Bool int
#define Status int
#define True 1
#define False 0
#define Success 0
#define Always 2
#define Above 0
#define Below 1
#define Complex 0
#define Convex 2
#define Nonconvex 1
#define Unsorted 0
#define Expose 12
#define KeyPress 2
#define FocusIn 9
#define GrayScale 1
#define StaticGray 0
#define Button1 1
#define CursorShape 0
#define Opposite 4
#endif
