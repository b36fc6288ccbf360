namespace Cascade.Agent;

/// <summary>
/// Options as they are now. The record itself is injected where a value may not change while running; this one where a SIGHUP
/// may change it. Only options marked as mutable ever differ from the start.
/// </summary>
public sealed class Current<T>(T first)
    where T : class
{
    volatile T _value = first;
    volatile Action<T>? _changed;

    public T Value => _value;

    /// <summary>Calls back after each reload, on the thread of the signal, unless the record is equal to the one before.</summary>
    public void OnChange(Action<T> changed) => _changed += changed;

    internal void Set(T value)
    {
        if (Equals(value, _value))
            return;
        _value = value;
        _changed?.Invoke(value);
    }
}
