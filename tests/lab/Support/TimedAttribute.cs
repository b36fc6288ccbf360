using System.Collections.Concurrent;
using System.Globalization;
using NUnit.Framework.Interfaces;

namespace Cascade.Lab.Support;

/// <summary>
/// Writes a line for each test that has ended to the file that <c>CASCADE_LAB_TIMES</c> names: when that was, how long it took and how it ended. What there is to know of a run that was
/// cut off.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
sealed class TimedAttribute : Attribute, ITestAction
{
    static readonly string? File = Environment.GetEnvironmentVariable("CASCADE_LAB_TIMES");
    static readonly long Began = Environment.TickCount64;
    static readonly Lock One = new();

    readonly ConcurrentDictionary<string, long> begun = new(StringComparer.Ordinal);

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) => begun[test.Id] = Environment.TickCount64;

    public void AfterTest(ITest test)
    {
        if (File is null || !begun.TryRemove(test.Id, out var since))
        {
            return;
        }

        var now = Environment.TickCount64;
        var line = string.Create(CultureInfo.InvariantCulture, $"[{(now - Began) / 1000,4}s] {(now - since) / 1000,4} s {test.ClassName}.{test.MethodName} {TestContext.CurrentContext.Result.Outcome.Status}\n");
        lock (One)
        {
            System.IO.File.AppendAllText(File, line);
        }
    }
}
