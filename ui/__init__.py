"""The faces of the product, drawn with Qt."""
