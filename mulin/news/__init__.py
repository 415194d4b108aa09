"""News (消息): who hears of what happens, on their page, by mail, in the morning's letter and in their group chats."""
