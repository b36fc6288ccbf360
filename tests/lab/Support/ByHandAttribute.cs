using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Cascade.Lab.Support;

/// <summary>Not in every run, which has an hour: with <c>CASCADE_LAB_ALL=1</c>, or when it alone is named by a filter.</summary>
/// <param name="why">What every run has instead.</param>
[AttributeUsage(AttributeTargets.Class)]
sealed class ByHandAttribute(string why) : NUnitAttribute, IApplyToTest
{
    public string Why => why;

    public void ApplyToTest(Test test)
    {
        if (test.RunState == RunState.Runnable && Environment.GetEnvironmentVariable("CASCADE_LAB_ALL") != "1")
        {
            test.RunState = RunState.Explicit;
            test.Properties.Set(PropertyNames.SkipReason, why);
        }
    }
}
