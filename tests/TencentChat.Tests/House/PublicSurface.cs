using System.Reflection;
using System.Reflection.Metadata;

namespace TencentChat.Tests.House;

/// <summary>The public surface of an assembly as lines of text, read from its metadata: nothing of it has to be loaded.</summary>
internal sealed class PublicSurface(MetadataReader reader)
{
    private readonly SignatureText _text = new();

    /// <summary>One line per type and per member, in the order of their names.</summary>
    public IEnumerable<string> Lines() => reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(IsVisible)
        .OrderBy(FullName, StringComparer.Ordinal)
        .SelectMany(type => MembersOf(type).Order(StringComparer.Ordinal).Prepend(Describe(type)));

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private string FullName(TypeDefinition type) => type.GetDeclaringType() is { IsNil: false } outer
        ? $"{FullName(reader.GetTypeDefinition(outer))}.{reader.GetString(type.Name)}"
        : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";

    private string Describe(TypeDefinition type)
    {
        string[] generics = Generics(type.GetGenericParameters());
        string[] bases =
        [
            .. new[] { type.BaseType }.Where(handle => !handle.IsNil).Select(handle => Name(handle, generics)).Where(name => name is not ("object" or "Object" or "ValueType" or "Enum")),
            .. type.GetInterfaceImplementations().Select(reader.GetInterfaceImplementation).Where(IsPublicInterface).Select(one => Name(one.Interface, generics)).Order(StringComparer.Ordinal),
        ];
        string kind = (type.Attributes & TypeAttributes.Interface) != 0 ? "interface"
            : !type.BaseType.IsNil && Name(type.BaseType, generics) == "Enum" ? "enum"
            : !type.BaseType.IsNil && Name(type.BaseType, generics) == "ValueType" ? "struct"
            : "class";
        string modifier = kind != "class" ? string.Empty
            : (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) switch
            {
                TypeAttributes.Abstract | TypeAttributes.Sealed => "static ",
                TypeAttributes.Abstract => "abstract ",
                TypeAttributes.Sealed => "sealed ",
                _ => string.Empty,
            };
        return $"{modifier}{kind} {FullName(type)}{(bases.Length == 0 ? string.Empty : " : " + string.Join(", ", bases))}";
    }

    // An interface of the house that is not public promises nothing to anybody.
    private bool IsPublicInterface(InterfaceImplementation one)
    {
        EntityHandle handle = one.Interface;
        if (handle.Kind == HandleKind.TypeSpecification)
        {
            BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
            blob.ReadByte();
            blob.ReadByte();
            handle = blob.ReadTypeHandle();
        }

        return handle.Kind != HandleKind.TypeDefinition || IsVisible(reader.GetTypeDefinition((TypeDefinitionHandle)handle));
    }

    private IEnumerable<string> MembersOf(TypeDefinition type)
    {
        string[] generics = Generics(type.GetGenericParameters());
        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition).Where(field => IsVisible(field.Attributes) && (field.Attributes & FieldAttributes.SpecialName) == 0))
        {
            string value = field.GetDefaultValue() is { IsNil: false } constant ? $" = {Value(constant)}" : string.Empty;
            yield return $"    {field.DecodeSignature(_text, (generics, []))} {reader.GetString(field.Name)}{value}";
        }

        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition).Where(method => IsVisible(method.Attributes) && !IsGenerated(method)))
        {
            string name = reader.GetString(method.Name);
            if (name == ".ctor" || (method.Attributes & MethodAttributes.SpecialName) == 0)
            {
                yield return $"    {Modifiers(method)}{Describe(method, name, generics)}";
            }
        }

        foreach (PropertyDefinition property in type.GetProperties().Select(reader.GetPropertyDefinition))
        {
            (string? get, string? set) = (Accessor(property.GetAccessors().Getter, "get", generics), Accessor(property.GetAccessors().Setter, "set", generics));
            if (get is not null || set is not null)
            {
                MethodDefinitionHandle any = get is null ? property.GetAccessors().Setter : property.GetAccessors().Getter;
                yield return $"    {Modifiers(reader.GetMethodDefinition(any))}{property.DecodeSignature(_text, (generics, [])).ReturnType} {reader.GetString(property.Name)} {{ {get}{set}}}";
            }
        }
    }

    private string Describe(MethodDefinition method, string name, string[] generics)
    {
        string[] own = Generics(method.GetGenericParameters());
        MethodSignature<string> signature = method.DecodeSignature(_text, (generics, own));
        Parameter[] parameters = [.. method.GetParameters().Select(reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0).OrderBy(parameter => parameter.SequenceNumber)];
        IEnumerable<string> all = signature.ParameterTypes.Select((type, index) =>
            $"{type} {reader.GetString(parameters[index].Name)}{(parameters[index].GetDefaultValue() is { IsNil: false } value ? $" = {Value(value)}" : string.Empty)}");
        string parts = string.Join(", ", all);
        return name == ".ctor" ? $"new({parts})" : $"{signature.ReturnType} {name}{(own.Length == 0 ? string.Empty : $"<{string.Join(", ", own)}>")}({parts})";
    }

    private static string Modifiers(MethodDefinition method) =>
        ((method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public ? string.Empty : "protected ")
        + ((method.Attributes & MethodAttributes.Static) != 0 ? "static "
        : (method.Attributes & MethodAttributes.Abstract) != 0 ? "abstract "
        : (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot)) == MethodAttributes.Virtual ? "override "
        : (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.Final)) == MethodAttributes.Virtual ? "virtual "
        : string.Empty);

    private string? Accessor(MethodDefinitionHandle handle, string word, string[] generics)
    {
        if (handle.IsNil || !IsVisible(reader.GetMethodDefinition(handle).Attributes))
        {
            return null;
        }

        return reader.GetMethodDefinition(handle).DecodeSignature(_text, (generics, [])).ReturnType == "init" ? "init; " : $"{word}; ";
    }

    private bool IsGenerated(MethodDefinition method) => method.GetCustomAttributes().Select(reader.GetCustomAttribute)
        .Any(attribute => attribute.Constructor.Kind == HandleKind.MemberReference
            && Name(reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent, []) == "CompilerGeneratedAttribute");

    private string Name(EntityHandle handle, string[] generics) => handle.Kind switch
    {
        HandleKind.TypeDefinition => _text.GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => _text.GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        _ => _text.GetTypeFromSpecification(reader, (generics, []), (TypeSpecificationHandle)handle, 0),
    };

    private string[] Generics(GenericParameterHandleCollection handles) => [.. handles.Select(handle => reader.GetString(reader.GetGenericParameter(handle).Name))];

    private string Value(ConstantHandle handle)
    {
        Constant constant = reader.GetConstant(handle);
        object? value = reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return value is string text ? $"\"{text}\"" : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } plain ? plain : "null";
    }

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;
}
