namespace Cascade.Mirror.Vitals;

/// <summary>Something that can compare everything of both clouds when it is told to.</summary>
public interface ICompares
{
    /// <summary>Begins soon; returns at once.</summary>
    /// <param name="why">For the log.</param>
    void CompareNow(string why);
}
