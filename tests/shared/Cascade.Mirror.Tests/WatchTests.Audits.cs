using Cascade.Mirror.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Mirror.Tests;

public sealed partial class WatchTests
{
    [TestCase(true, 2)]
    [TestCase(false, 1)]
    public async Task An_audit_tells_what_looks_the_same_if_it_is_to_and_the_looks_between_never_do(bool all, int told)
    {
        using var audited = new Watch<Thing>("servers", scene, options with { AuditTellsAll = all }, time, NullLogger.Instance);
        scene.Things["a"] = new("a", "p", "active");
        await audited.LookAsync(default);
        await audited.LookAsync(default);
        Assert.That(scene.Told, Is.EqualTo(new[] { "a active" }));

        time.Advance(options.Audit);
        await audited.LookAsync(default);

        Assert.That(scene.Told, Is.EqualTo(Enumerable.Repeat("a active", told)));
    }
}
