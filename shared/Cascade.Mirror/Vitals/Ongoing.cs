using System.Collections.Concurrent;

namespace Cascade.Mirror.Vitals;

/// <summary>
/// What goes on in this process: each shows itself while it runs, so that a copy that is not the active one shows nothing. Process-wide like the meter that reads it.
/// </summary>
public static class Ongoing
{
    static readonly ConcurrentDictionary<Showing, byte> All = new();

    /// <summary>How everything is that runs now, in no order.</summary>
    public static IEnumerable<Vital> Now => All.Keys.Select(showing => showing.Vital.Read());

    /// <summary>Those that run now and can do this, for an operator's word.</summary>
    public static IEnumerable<T> Of<T>()
        where T : class => All.Keys.Select(showing => showing.Vital).OfType<T>();

    /// <summary>Shows it until what is returned is disposed of.</summary>
    public static IDisposable Show(IVital vital)
    {
        // The meter begins with the first that has something to say.
        Telemetry.Begin();
        var showing = new Showing(vital);
        All[showing] = 0;
        return showing;
    }

    sealed class Showing(IVital vital) : IDisposable
    {
        public IVital Vital => vital;

        public void Dispose() => All.TryRemove(this, out _);
    }
}
