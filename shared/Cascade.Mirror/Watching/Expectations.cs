namespace Cascade.Mirror.Watching;

/// <summary>What those who give orders tell a <see cref="Watch{TSeen}"/>: look at this one soon. The watch joins when it is made; before it, there is nothing to hurry.</summary>
public class Expectations
{
    Action<string> expect = _ => { };
    Action<string> settle = _ => { };

    /// <param name="whenExpected">Gets the child's id.</param>
    /// <param name="whenSettled">Gets the child's id.</param>
    public void Join(Action<string> whenExpected, Action<string> whenSettled) => (expect, settle) = (whenExpected, whenSettled);

    public void Expect(string childId) => expect(childId);

    public void Settle(string childId) => settle(childId);
}
