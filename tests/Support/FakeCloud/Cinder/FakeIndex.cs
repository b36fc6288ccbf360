namespace Cascade.Support;

/// <summary>Items by something that they share, so that thousands are found without looking at all.</summary>
internal sealed class FakeIndex<TKey, TItem>
    where TKey : notnull
    where TItem : class
{
    private readonly Dictionary<TKey, HashSet<TItem>> items = [];

    public IReadOnlyCollection<TItem> this[TKey key] => items.TryGetValue(key, out var found) ? found : [];

    public void Add(TKey key, TItem item)
    {
        if (!items.TryGetValue(key, out var found))
        {
            // By identity: the fake's items change.
            items.Add(key, found = new(ReferenceEqualityComparer.Instance));
        }

        found.Add(item);
    }

    public void Remove(TKey key, TItem item)
    {
        if (items.TryGetValue(key, out var found) && found.Remove(item) && found.Count is 0)
        {
            items.Remove(key);
        }
    }
}
