-- What pandoc does to a handout on its way to a page. Metadata: the part's rubric.json (its checks become
-- the table at the end of each question), and `print` when all parts become one document.

local printing = false

local function text_of(value)
  return value and pandoc.utils.stringify(value) or ""
end

local function inlines(text)
  return { pandoc.Plain({ pandoc.Str(text) }) }
end

-- "(e) Silhouettes in practice: ..." -> "(e)", by which a written question finds its heading.
local function letter_of(title)
  return title:match("^%(%a%)")
end

local function row_of(check)
  local id = text_of(check.id)
  return { { pandoc.Plain({ pandoc.Code(id, pandoc.Attr(id)) }) }, inlines(text_of(check.title)),
    inlines(text_of(check.points)) }
end

local function number(points)
  return (string.format("%.2f", points):gsub("0+$", ""):gsub("%.$", ""))
end

-- The rows of a question: its public checks, then what its hidden ones and a reader of answers give.
local function rows_of(meta, heading)
  local rows, hidden = {}, 0
  for _, check in ipairs(meta.checks or {}) do
    if text_of(check.section) == heading then
      if text_of(check.visibility) == "public" then
        table.insert(rows, row_of(check))
      else
        hidden = hidden + tonumber(text_of(check.points))
      end
    end
  end
  if hidden > 0 then
    table.insert(rows, { inlines("hidden"), inlines("The same, with inputs that you do not see"),
      inlines(number(hidden)) })
  end
  for _, answer in ipairs(meta.manual or {}) do
    if letter_of(text_of(answer.title)) == letter_of(heading) then
      table.insert(rows, { inlines("in writing"), inlines("A person reads your answer"),
        inlines(text_of(answer.points)) })
    end
  end
  return rows
end

local function table_of(rows)
  local simple = pandoc.SimpleTable({}, { pandoc.AlignLeft, pandoc.AlignLeft, pandoc.AlignRight },
    { 0, 0, 0 }, { inlines("Check"), inlines("Title"), inlines("Points") }, rows)
  return pandoc.Div({ pandoc.utils.from_simple_table(simple) }, pandoc.Attr("", { "checks" }))
end

-- Where a link of the Markdown files leads on the site: handouts lie beside each other, and files of
-- the starter are pages named for their path.
local function page_of(target)
  local path, anchor = target:match("^([^#]*)(#?.*)$")
  if printing and path:match("%.md$") and not path:match("^%.%./") then
    return "#" .. path:match("^[^_.]*") .. "-" .. (anchor == "" and "top" or anchor:sub(2))
  end
  path = path:gsub("^%.%./", ""):gsub("/", "_")
  return (path:match("%.md$") and path:gsub("%.md$", ".html") or path .. ".html") .. anchor
end

function Link(link)
  local target = link.target
  if target:match("^%a+:") or target:match("^#") then
    return link
  end
  if text_of(PANDOC_STATE.input_files[1]):match("starter/") or printing and target:match("^%.%./") then
    return link.content
  end
  link.target = page_of(target)
  return link
end

local function is_figure(block)
  return block.t == "Para" and #block.content == 1 and block.content[1].t == "Image"
end

local function figure_of(image)
  local caption = image.caption
  return pandoc.Div({ pandoc.RawBlock("html", "<figure>"),
    pandoc.Plain({ pandoc.Image(pandoc.Inlines({ pandoc.Str(pandoc.utils.stringify(caption)) }), image.src) }),
    pandoc.RawBlock("html", "<figcaption>"), pandoc.Plain(caption),
    pandoc.RawBlock("html", "</figcaption></figure>") })
end

local function with_tables(doc)
  local blocks, heading = pandoc.List(), ""
  local function close_section()
    local rows = rows_of(doc.meta, heading)
    if #rows > 0 then
      blocks:insert(table_of(rows))
    end
  end
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" and block.level <= 2 then
      close_section()
      heading = pandoc.utils.stringify(block)
      if block.level == 1 and printing then
        block.identifier = "top"
      end
    end
    blocks:insert(is_figure(block) and figure_of(block.content[1]) or block)
  end
  close_section()
  return blocks
end

function Pandoc(doc)
  doc.blocks = with_tables(doc)
  doc.meta.pagetitle = doc.meta.pagetitle or doc.meta.title
  doc.meta.title = nil  -- the handout's own heading says it
  return doc
end

return {
  { Meta = function(meta) printing = meta.print ~= nil end },
  { Link = Link },
  { Pandoc = Pandoc },
}
