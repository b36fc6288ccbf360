namespace Cascade.CinderProxy.Volumes;

/// <summary>What the handlers tell the watch: look at this one soon. The watch joins when it is made; before it, there is nothing to hurry.</summary>
internal class Expectations
{
    Action<string> expect = _ => { };
    Action<string> settle = _ => { };

    public void Join(Action<string> whenExpected, Action<string> whenSettled) => (expect, settle) = (whenExpected, whenSettled);

    public void Expect(string childId) => expect(childId);

    public void Settle(string childId) => settle(childId);
}

internal sealed class SnapshotExpectations : Expectations;
