-- What an author does in Neovim, by its own client; what it sees is written to the file OUT as JSON.
local seen = {}
local config = {
  name = 'plugin_host',
  cmd = vim.fn.json_decode(vim.env.SERVER),
  root_dir = vim.fn.getcwd(),
  on_exit = function(code) seen.exit = code end,
}
local client

local function wait(what, condition)
  assert(vim.wait(60000, condition, 20), 'waited for ' .. what)
end

local function open(name)
  vim.cmd('edit! ' .. name)
  if vim.lsp.start then
    client = vim.lsp.start(config)
  else
    client = client or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(0, client)
  end
  wait('the server', function() return vim.lsp.get_client_by_id(client).initialized end)
end

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, each.lnum .. ':' .. each.col .. ' ' .. each.code)
  end
  table.sort(found)
  return found
end

local function ask(method, more)
  local params = vim.lsp.util.make_position_params(0, 'utf-16')
  for name, value in pairs(more or {}) do params[name] = value end
  return vim.lsp.buf_request_sync(0, method, params, 60000)[client].result
end

local function main()
  open('MANIFEST')
  wait('problems', function() return #codes() > 0 end)
  seen.first = codes()
  vim.api.nvim_buf_set_text(0, 0, 6, 0, 8, { 'Fine_Name' })
  wait('no problems', function() return #codes() == 0 end)

  open('x.plugin-test.yaml')
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { '    hook: ' })
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 9 })
  vim.cmd('startinsert!')
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 10 })
  seen.offered = vim.tbl_map(function(item) return item.label end, ask('textDocument/completion'))
  vim.api.nvim_buf_set_lines(0, -2, -1, true, { '    # 😀', '    hook: autenticate' })
  wait('the unknown hook', function() return vim.endswith(codes()[1] or '', 'HOOK_UNKNOWN') end)
  seen.second = codes()
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 12 })
  local diagnostic = vim.diagnostic.get(0)[1]
  local range = {
    start = { line = diagnostic.lnum, character = diagnostic.col },
    ['end'] = { line = diagnostic.end_lnum or diagnostic.lnum, character = diagnostic.end_col },
  }
  local actions = ask('textDocument/codeAction', {
    range = range,
    context = { diagnostics = { { range = range, message = diagnostic.message, source = diagnostic.source } } },
  })
  vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
  wait('no problem', function() return #codes() == 0 end)
  seen.fixed = vim.api.nvim_buf_get_lines(0, -2, -1, true)[1]
  seen.hover = ask('textDocument/hover').contents.value

  vim.lsp.stop_client(client)
  wait('the end of the server', function() return seen.exit ~= nil end)
end

local isDone, fault = xpcall(main, debug.traceback)
if not isDone then seen.fault = fault end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.OUT)
vim.cmd('quitall!')
