#include <ft2build.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include FT_FREETYPE_H

#include "starter/common/drawing/picture.hpp"
#include "starter/common/errors.hpp"

namespace pset3::drawing {
namespace {

constexpr std::array<const char*, 3> kFontFolders = {
    "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF"};

std::string find_font(const char* name) {
  for (const char* folder : kFontFolders) {
    const std::filesystem::path path = std::filesystem::path(folder) / name;
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
      return path.string();
    }
  }
  throw DataError(std::string(kFontFolders[0]) + "/" + name +
                  ": the font is missing; install the package fonts-dejavu-core");
}

// Two fonts, opened when they are first asked for and kept: opening one takes longer than a line.
class Font {
 public:
  static Font& get(bool bold) {
    static Font regular("DejaVuSans.ttf");
    static Font heavy("DejaVuSans-Bold.ttf");
    return bold ? heavy : regular;
  }

  FT_Face face() const { return face_.get(); }

 private:
  explicit Font(const char* name)
      : library_(nullptr, FT_Done_FreeType), face_(nullptr, FT_Done_Face) {
    const std::string path = find_font(name);
    FT_Library library = nullptr;
    FT_Face face = nullptr;
    if (FT_Init_FreeType(&library) == 0) {
      library_.reset(library);
    }
    if (library == nullptr || FT_New_Face(library, path.c_str(), 0, &face) != 0) {
      throw DataError(path + ": not a font that FreeType can read");
    }
    face_.reset(face);
  }

  std::unique_ptr<FT_LibraryRec_, FT_Error (*)(FT_Library)> library_;
  std::unique_ptr<FT_FaceRec_, FT_Error (*)(FT_Face)> face_;
};

// Code points of a UTF-8 text; a byte that fits nowhere becomes U+FFFD.
std::vector<FT_ULong> code_points(const std::string& text) {
  std::vector<FT_ULong> points;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    const int more = lead < 0x80       ? 0
                     : lead >> 5 == 6  ? 1
                     : lead >> 4 == 14 ? 2
                     : lead >> 3 == 30 ? 3
                                       : -1;
    FT_ULong point = more <= 0 ? lead : lead & (0x3FU >> more);
    bool valid = more >= 0;
    for (int k = 0; k < more && valid; ++k) {
      valid = i < text.size() && (static_cast<unsigned char>(text[i]) >> 6) == 2;
      point = valid ? point << 6 | (static_cast<unsigned char>(text[i++]) & 0x3FU) : point;
    }
    points.push_back(valid ? point : 0xFFFDU);
  }
  return points;
}

void blend(const FT_Bitmap& glyph, int left, int top, const cv::Scalar& colour, cv::Mat& picture) {
  const cv::Rect inside =
      cv::Rect(left, top, static_cast<int>(glyph.width), static_cast<int>(glyph.rows)) &
      cv::Rect(0, 0, picture.cols, picture.rows);
  for (int y = inside.y; y < inside.y + inside.height; ++y) {
    for (int x = inside.x; x < inside.x + inside.width; ++x) {
      const double share = glyph.buffer[(y - top) * glyph.pitch + (x - left)] / 255.0;
      auto& pixel = picture.at<cv::Vec3b>(y, x);
      for (int channel = 0; channel < 3; ++channel) {
        pixel[channel] =
            cv::saturate_cast<uchar>((1.0 - share) * pixel[channel] + share * colour[channel]);
      }
    }
  }
}

// Calls draw(glyph, pen in 1/64 pixel) for every glyph; returns the text's width in 1/64 pixel.
template <typename Draw>
FT_Pos walk(FT_Face face, const std::string& text, Draw draw) {
  FT_Pos pen = 0;
  FT_UInt previous = 0;
  for (const FT_ULong point : code_points(text)) {
    const FT_UInt glyph = FT_Get_Char_Index(face, point);
    FT_Vector kerning{};
    if (FT_Get_Kerning(face, previous, glyph, FT_KERNING_DEFAULT, &kerning) == 0) {
      pen += kerning.x;
    }
    if (FT_Load_Glyph(face, glyph, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) == 0) {
      draw(*face->glyph, pen);
      pen += face->glyph->advance.x;
    }
    previous = glyph;
  }
  return pen;
}

}  // namespace

int draw_text(cv::Mat& picture, const std::string& text, cv::Point at, const TextStyle& style) {
  auto* const face = Font::get(style.bold).face();
  // A line is about 1.2 times as high as the em square that FreeType is asked for.
  FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(std::max(1, style.size_px * 5 / 6)));
  const FT_Pos width = walk(face, text, [](const FT_GlyphSlotRec_&, FT_Pos) {});
  const FT_Pos start = 64L * at.x - (style.align == Align::kCentre ? width / 2 : 0);
  walk(face, text, [&](const FT_GlyphSlotRec_& glyph, FT_Pos pen) {
    blend(glyph.bitmap, static_cast<int>((start + pen + 32) >> 6) + glyph.bitmap_left,
          at.y - glyph.bitmap_top, style.colour, picture);
  });
  return static_cast<int>(width >> 6);
}

}  // namespace pset3::drawing
