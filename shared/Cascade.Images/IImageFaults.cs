namespace Cascade.Images;

/// <summary>What goes wrong with an image, as the exceptions that the parent's service knows.</summary>
public interface IImageFaults
{
    /// <summary>It cannot be used, and why.</summary>
    Exception Failed(string why);

    /// <summary>The parent has no such image, or it is not active, and the child has no copy of it.</summary>
    Exception NotFound(string imageId);
}
