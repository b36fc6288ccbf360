namespace Cascade.NeutronAgent.Child;

/// <summary>Collects the members that differ while what to send is put together.</summary>
public sealed class Differing
{
    readonly List<string> members = [];

    /// <returns>The value to send; nothing when it does not differ.</returns>
    public T? Of<T>(string member, bool differs, T value)
    {
        if (differs)
        {
            members.Add(member);
        }

        return differs ? value : default;
    }

    /// <returns>Null when nothing differs.</returns>
    public Change<TUpdate>? ToChange<TUpdate>(TUpdate update)
        where TUpdate : class => members.Count == 0 ? null : new(update, members);
}
