namespace Cascade.Mirror.Vitals;

/// <summary>Something that goes on and can say how it is: a watch, a reaper.</summary>
public interface IVital
{
    /// <summary>As it is now. Any thread; returns at once.</summary>
    Vital Read();
}
