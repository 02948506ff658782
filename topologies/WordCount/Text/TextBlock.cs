namespace WordCount;

/// <summary>
/// Cuts text into blocks that never cut a word: whole lines as far as they fit, else up to a character that is no letter, else up to the end of the word.
/// </summary>
internal static class TextBlock
{
    /// <summary>How long the next block is; 0 where more of the text has to be seen first.</summary>
    /// <param name="ahead">The text ahead, as far as it is known.</param>
    /// <param name="isEnd">Whether it ends there.</param>
    /// <param name="blockBytes">How long a block may be, unless one word is longer.</param>
    public static int LengthOf(ReadOnlySpan<byte> ahead, bool isEnd, int blockBytes)
    {
        if (ahead.Length < blockBytes) return isEnd ? ahead.Length : 0;
        var head = ahead[..blockBytes];
        var end = head.LastIndexOf((byte)'\n') + 1;
        if (end == 0) end = AfterLastNonLetter(head);
        return end > 0 ? end : EndOfWord(ahead, isEnd, blockBytes);
    }

    // The block is one word so far.
    private static int EndOfWord(ReadOnlySpan<byte> ahead, bool isEnd, int from)
    {
        for (var length = from; length < ahead.Length; length++)
            if (!AsciiWords.IsLetter((char)ahead[length])) return length;
        return isEnd ? ahead.Length : 0;
    }

    private static int AfterLastNonLetter(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0 && AsciiWords.IsLetter((char)bytes[end - 1])) end--;
        return end;
    }
}
