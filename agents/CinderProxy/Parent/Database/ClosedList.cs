namespace Cascade.CinderProxy.Parent.Database;

/// <summary>
/// Columns that cinder reads as an enumeration (cinder/objects/fields.py): with any other word in one row, every listing that meets the row answers 500, so nothing else
/// is written.
/// </summary>
static class ClosedList
{
    /// <exception cref="ArgumentOutOfRangeException">The list does not have the word.</exception>
    public static string Word(this IReadOnlyList<string> list, string word) =>
        list.Contains(word, StringComparer.Ordinal) ? word : throw new ArgumentOutOfRangeException(nameof(word), word, $"cinder knows {string.Join(", ", list)}");
}
